import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { press, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame, mockDate } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    getService,
    mountWebClient,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { calledModels, FRAME, visitRow } from "./day_data";
import { FlowPanel } from "@dental_coordinator/flow_panel/flow_panel";

defineMailModels();
defineModels(
    calledModels(
        "dental.today",
        "dental.appointment",
        "dental.operatory",
        "dental.presence",
        "dental.day"
    )
);

function row(id, patient, status, vals = {}) {
    return visitRow(id, patient, status, {
        start: "2026-03-02 08:40:00",
        stop: "2026-03-02 09:20:00",
        arrived_at: "2026-03-02 08:50:00",
        usual: "checkout",
        steps: ["checkout", "done"],
        ...vals,
    });
}

let answer;
beforeEach(() => mockDate("2026-03-02 09:00:00", 0));

async function open(tag, method) {
    onRpc("dental.today", method, () => {
        expect.step("look");
        return answer;
    });
    await mountWebClient();
    await getService("action").doAction({ type: "ir.actions.client", tag });
    expect.verifySteps(["look"]);
}

describe.current.tags("desktop");

describe("rooms", () => {
    beforeEach(() => {
        const room = (id, vals) => ({ id, name: `Chair ${id}`, visits: [], ...vals });
        answer = {
            ...FRAME,
            arrived: [
                row(1, "Marta Kowalski", "arrived"),
                row(2, "Tom Abel", "arrived", { ticket: "147" }),
            ],
            chairs: [
                room(1, {
                    state: "ready",
                    since: false,
                    visits: [row(3, "Ana Lund", "seated", { seated_at: "2026-03-02 08:30:00" })],
                }),
                room(2, { state: "dirty", since: "2026-03-02 08:56:00" }),
                room(3, { state: "ready", since: false }),
            ],
        };
        onRpc("dental.appointment", "action_seat_in", ({ args, kwargs }) => {
            expect.step([args, Boolean(kwargs.context.dental_gate_dialog)]);
            return true;
        });
    });

    test("each with who sits there, and whether it is clean", async () => {
        await open("dental_room_board", "data");
        expect(queryAllTexts(".o_dental_rooms_visit b")).toEqual(["Marta Kowalski", "Tom Abel"]);
        expect("[data-room='1']").toHaveText(/Ana Lund\s+30 min/);
        expect("[data-room='2'] .o_dental_room_state").toHaveText("to clean");
        expect("[data-room='2'] .o_dental_wait_clock").toHaveText("4 min");
        expect("[data-room='3'] .o_dental_room_state").toHaveText("ready");
        expect("[data-id='2']").toHaveText(/147/);
    });

    test("a waiting patient is dragged to a chair", async () => {
        await open("dental_room_board", "data");
        const { drop, moveTo } = await contains("[data-id='2']").drag();
        await moveTo("[data-room='3']");
        await animationFrame();
        expect("[data-room='3']").toHaveClass("o_over");
        await drop();
        await animationFrame();
        expect.verifySteps([[[[2], 3], true], "look"]);
    });

    test("the same by keys", async () => {
        onRpc("dental.operatory", "action_room_next", ({ args }) => expect.step(args) || true);
        onRpc("dental.appointment", "action_call_in", ({ args }) => expect.step(args) || true);
        onRpc("dental.appointment", "action_checkout", ({ args }) => expect.step(args) || true);
        await open("dental_room_board", "data");
        for (const key of ["o", "ArrowDown", "i", "ArrowRight", "r", "ArrowRight", "Enter"]) {
            await press(key);
            await animationFrame();
        }
        expect.verifySteps([[[3]], "look", [[2]], "look", [[2]], "look", [[[2], 3], true], "look"]);
    });

    test("who may only look moves nobody", async () => {
        answer.may_move = false;
        await open("dental_room_board", "data");
        await press("Enter");
        await press("r");
        await animationFrame();
        expect.verifySteps([]);
        expect(".o_dental_rooms button").toHaveCount(0);
        expect("[data-id='1'][draggable]").toHaveCount(0);
    });
});

describe("close the day", () => {
    beforeEach(() => {
        answer = {
            ...FRAME,
            inside: [row(1, "Marta Kowalski", "seated")],
            undecided: [row(2, "Tom Abel", "confirmed", { usual: "arrive", steps: ["arrive"] })],
            people: [
                {
                    id: 7,
                    name: "Mr. Lee",
                    kind: "Vendor",
                    team: false,
                    badge: "3",
                    in_at: "2026-03-02 08:00:00",
                },
            ],
            later: 0,
            left: 3,
            closed_at: false,
        };
    });

    test("each that is open, settled by its key", async () => {
        onRpc("dental.appointment", "action_done", ({ args }) => expect.step(args) || true);
        onRpc("dental.appointment", "action_miss", ({ args }) => expect.step(args) || true);
        onRpc("dental.presence", "action_leave", ({ args }) => expect.step(args) || true);
        await open("dental_close_day", "closing");
        expect(".o_dental_close_last b.text-danger").toHaveText("3 left");
        for (const key of ["d", "ArrowRight", "m", "ArrowRight", "l"]) {
            await press(key);
            await animationFrame();
        }
        expect.verifySteps([[[1]], "look", [[2]], "look", [[7]], "look"]);
    });

    test("what stays says why", async () => {
        onRpc("dental.day", "close", ({ args }) => {
            expect.step(args);
            answer = { ...answer, closed_at: "2026-03-02 09:00:00" };
            return true;
        });
        await open("dental_close_day", "closing");
        await contains(".o_dental_close_last input").edit("Fire drill", { confirm: false });
        await contains(".o_dental_close_last button").click();
        await animationFrame();
        expect.verifySteps([["Fire drill"], "look"]);
        expect(".o_dental_close_last").toHaveText("Closed at 09:00");
    });

    test("when nothing is left it says so", async () => {
        answer = { ...answer, inside: [], undecided: [], people: [], left: 0 };
        await open("dental_close_day", "closing");
        expect(queryAllTexts(".o_dental_today_empty")).toEqual([
            "No patient is in the house.",
            "Every visit is decided.",
            "Nobody else is in the house.",
        ]);
        expect(".o_dental_close_last button").toHaveClass("btn-primary");
    });
});

describe("flow panel", () => {
    const groups = (arrived) => [
        { status: "arrived", label: "Arrived", watched: true, rows: arrived },
        { status: "seated", label: "Seated", watched: false, rows: [] },
    ];
    const marta = {
        id: 1,
        patient: "Marta Kowalski",
        chair: "Chair 1",
        usual: "seat",
        usual_label: "Seated",
        by: 99,
    };

    test("shows what concerns one, and takes the next step", async () => {
        onRpc("dental.today", "flow", () => ({ may_move: true, groups: groups([marta]) }));
        onRpc("dental.appointment", "action_seat", ({ args }) => expect.step(args) || true);
        onRpc("dental.today", "watch", ({ args }) => expect.step(args) || true);
        await mountWithCleanup(FlowPanel);
        await animationFrame();
        expect(".o_dental_flow_button .badge").toHaveText("1");
        await contains(".o_dental_flow_button").click();
        expect(queryAllTexts(".o_dental_flow_panel h6")).toEqual(["Arrived1"]);
        await contains(".o_dental_flow_row button").click();
        await contains(".o_dental_flow_panel .btn-link").click();
        await contains("#dental_flow_seated").click();
        expect.verifySteps([[[1]], ["seated", true]]);
    });

    test("says when somebody gets there, and not what one did oneself", async () => {
        let rows = [];
        onRpc("dental.today", "flow", () => ({ may_move: true, groups: groups(rows) }));
        const panel = await mountWithCleanup(FlowPanel);
        await animationFrame();
        const told = [];
        panel.notification.add = (text) => told.push(text);
        rows = [marta, { ...marta, id: 2, patient: "Tom Abel", by: 7 }];
        await panel.load();
        expect(told).toEqual(["Marta Kowalski: Arrived"]);
        await panel.load();
        expect(told).toHaveLength(1);
    });
});
