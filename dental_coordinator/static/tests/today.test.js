import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { press, queryAllTexts } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, mockDate } from "@odoo/hoot-mock";
import { waitForChannels, waitNotifications } from "@bus/../tests/bus_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineActions,
    defineModels,
    fields,
    getService,
    makeServerError,
    MockServer,
    models,
    mountWebClient,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { calledModels, FRAME, visitRow } from "./day_data";

class DentalAppointment extends models.Model {
    _name = "dental.appointment";

    number = fields.Char();

    _records = [1, 2, 3, 4, 5].map((id) => ({ id, number: `APT/${id}` }));
    _views = {
        form: `<form><field name="number"/></form>`,
        list: `<list><field name="number"/></list>`,
        search: `<search/>`,
    };
}

class DentalBreakGlass extends models.Model {
    _name = "dental.break.glass";

    patient_number = fields.Char();

    _views = { form: `<form><field name="patient_number"/></form>` };
}

defineMailModels();
defineModels([
    DentalAppointment,
    DentalBreakGlass,
    ...calledModels(
        "dental.today",
        "dental.presence",
        "dental.day",
        "dental.task",
        "dental.operatory"
    ),
]);
defineActions([
    {
        id: 501,
        xml_id: "dental_coordinator.dental_break_glass_action",
        name: "Open a restricted file",
        res_model: "dental.break.glass",
        views: [[false, "form"]],
        target: "new",
    },
    {
        id: 502,
        xml_id: "dental_coordinator.dental_operatory_action",
        name: "Chairs",
        res_model: "dental.appointment",
        views: [[false, "list"]],
    },
]);

const STEPS = {
    scheduled: ["confirm", "arrive"],
    confirmed: ["arrive"],
    arrived: ["seat", "treat", "checkout", "done"],
    seated: ["treat", "checkout", "done"],
};

function row(id, patient, status, vals = {}) {
    return visitRow(id, patient, status, {
        steps: STEPS[status] || [],
        breaks: ["missed", "cancelled_late", "cancelled", "cancelled_clinic"],
        ...vals,
    });
}

function day(vals = {}) {
    return {
        ...FRAME,
        may_book: true,
        counters: [
            {
                key: "in",
                label: "In",
                count: 2,
                level: null,
                model: "dental.appointment",
                domain: [["id", "in", [1, 2]]],
            },
            {
                key: "late",
                label: "Late",
                count: 1,
                level: "danger",
                model: "dental.appointment",
                domain: [["id", "=", 3]],
            },
        ],
        arrived: [
            row(1, "Marta Kowalski", "arrived", {
                arrived_at: "2026-03-02 08:48:00",
                usual: "seat",
                flags: [{ level: "stop", text: "Penicillin", detail: "" }],
            }),
        ],
        chairs: [
            {
                id: 1,
                name: "Chair 1",
                visits: [
                    row(2, "Ana Lund", "seated", {
                        start: "2026-03-02 08:00:00",
                        stop: "2026-03-02 08:40:00",
                        seated_at: "2026-03-02 08:10:00",
                        usual: "checkout",
                    }),
                ],
                next: "2026-03-02 09:00:00",
            },
            {
                id: 2,
                name: "Chair 2",
                visits: [],
                next: "2026-03-02 10:00:00",
                state: "ready",
                since: false,
            },
        ],
        checkout: [],
        next: [
            row(3, "Tom Abel", "confirmed", { start: "2026-03-02 08:50:00", late: true }),
            row(4, "Zoe Haas", "scheduled", { start: "2026-03-02 10:00:00", is_new: true }),
        ],
        leftovers: [],
        first_steps: [],
        ...vals,
    };
}

let answer;
beforeEach(() => {
    mockDate("2026-03-02 09:00:00", 0);
    answer = day();
    onRpc("dental.today", "data", () => {
        expect.step("data");
        return answer;
    });
});

/** Open the board; what it asked the server until then is told by the first step "data". */
async function openToday() {
    await mountWebClient();
    await getService("action").doAction({ type: "ir.actions.client", tag: "dental_today" });
    expect.verifySteps(["data"]);
}

function rowsOf(column) {
    return queryAllTexts(`[data-column=${column}] .o_dental_today_name`);
}

function selected() {
    return queryAllTexts(".o_dental_today_row.o_selected .o_dental_today_name").join();
}

describe.current.tags("desktop");

describe("what it shows", () => {
    test("everybody in his column, with a word beside each colour", async () => {
        await openToday();
        expect(rowsOf("arrived")).toEqual(["Marta Kowalski"]);
        expect(rowsOf("chairs")).toEqual(["Ana Lund"]);
        expect(rowsOf("next")).toEqual(["Tom Abel", "Zoe Haas"]);
        expect("[data-id='1'] .o_dental_wait_clock").toHaveText("12 min long");
        expect("[data-id='1'] .badge.text-bg-danger").toHaveText("Penicillin");
        expect("[data-id='2'] .o_dental_today_spent").toHaveText("50/40 min over");
        expect("[data-id='3'] .o_dental_today_late").toHaveText("late 10 min");
        expect("[data-id='4']").toHaveText(/new\s+unconfirmed/);
        expect(".o_dental_today_free").toHaveText(/Chair 2\s+free\s+next 10:00/);
        expect("[data-column=leftovers] .o_dental_today_empty").toHaveText(
            "Nothing was left open."
        );
    });

    test("a screen reader hears who, when and what for", async () => {
        await openToday();
        const label = document.querySelector("[data-id='1']").getAttribute("aria-label");
        expect(label).toMatch(/^09:00.* Marta Kowalski, Exam · Chair 1 · Dr\. Ortiz$/);
    });

    test("waits go by the server's clock", async () => {
        answer = day({ now: "2026-03-02 09:08:00" }); // this workstation is eight minutes slow
        await openToday();
        expect("[data-id='1'] .o_dental_wait_clock").toHaveText("20 min too long");
        await advanceTime(75_000);
        expect("[data-id='1'] .o_dental_wait_clock").toHaveText("21 min too long");
    });

    test("a number opens the list of the same records", async () => {
        onRpc("dental.appointment", "web_search_read", ({ kwargs }) => {
            expect.step(kwargs.domain);
        });
        await openToday();
        expect("[data-counter=late]").toHaveText("Late 1");
        await contains("[data-counter=in]").click();
        expect(".o_list_view .o_data_row").toHaveCount(2);
        expect.verifySteps([[["id", "in", [1, 2]]]]);
    });

    test("an empty clinic says what to do first, with the button", async () => {
        const nobody = { arrived: [], chairs: [], next: [], counters: [] };
        const action = "dental_coordinator.dental_operatory_action";
        answer = day({ ...nobody, first_steps: [{ text: "Add a chair", action }] });
        await openToday();
        expect(".o_dental_today_first button").toHaveText("Add a chair");
        await contains(".o_dental_today_first button").click();
        expect(".o_breadcrumb").toHaveText(/Chairs/);
    });

    test("who may not move visits has neither buttons nor keys for it", async () => {
        answer = day({ may_move: false });
        await openToday();
        expect(".o_dental_today_actions").toHaveCount(0);
        await press("s");
        await press("x");
        await animationFrame();
        expect.verifySteps([]);
        expect(".o_dialog").toHaveCount(0);
    });
});

describe("keys", () => {
    test("arrows walk through columns and rows, and stop at the ends", async () => {
        await openToday();
        expect(selected()).toBe("Marta Kowalski");
        const walk = [
            ["ArrowDown", "Marta Kowalski"],
            ["ArrowRight", "Ana Lund"],
            ["ArrowRight", "Tom Abel"],
            ["ArrowDown", "Zoe Haas"],
            ["ArrowRight", "Zoe Haas"], // nothing was left open
            ["ArrowLeft", "Ana Lund"],
        ];
        for (const [key, name] of walk) {
            await press(key);
            await animationFrame();
            expect(selected()).toBe(name);
        }
        expect("[data-id='2']").toBeFocused();
    });

    test("Enter opens the visit", async () => {
        await openToday();
        await press("ArrowRight");
        await press("Enter");
        await animationFrame();
        expect(".o_form_view .o_field_widget[name=number] input").toHaveValue("APT/2");
    });

    test("a step is one request, then the board again, and the visit stays selected", async () => {
        onRpc("dental.appointment", "action_arrive", ({ args }) => {
            expect.step(["arrive", args]);
            answer = day({ next: [answer.next[1]] });
            answer.arrived.push(row(3, "Tom Abel", "arrived", { arrived_at: answer.now }));
            return true;
        });
        await openToday();
        await press("ArrowRight");
        await press("ArrowRight");
        await press("a");
        await animationFrame();
        expect.verifySteps([["arrive", [[3]]], "data"]);
        expect(rowsOf("arrived")).toEqual(["Marta Kowalski", "Tom Abel"]);
        expect(selected()).toBe("Tom Abel");
        expect("[data-id='3']").toBeFocused();
        expect("[role=status]:first").toHaveText("Tom Abel: Arrived");
    });

    test("where the visit leaves the board, the next one is selected", async () => {
        onRpc("dental.appointment", "action_done", () => {
            answer = day({ chairs: [], leftovers: [row(5, "Max Roy", "arrived")] });
            return true;
        });
        answer = day({ leftovers: [row(6, "Eva Sow", "arrived"), row(5, "Max Roy", "arrived")] });
        await openToday();
        for (let time = 0; time < 3; time++) {
            await press("ArrowRight");
        }
        await animationFrame();
        expect(selected()).toBe("Eva Sow");
        await press("d");
        await animationFrame();
        expect.verifySteps(["data"]);
        expect(selected()).toBe("Max Roy");
    });

    test("every step has its key", async () => {
        const steps = {
            c: "confirm",
            a: "arrive",
            s: "seat",
            t: "treat",
            o: "checkout",
            d: "done",
        };
        for (const step of [...Object.values(steps), "back"]) {
            onRpc("dental.appointment", `action_${step}`, () => expect.step(step) || true);
        }
        await openToday();
        for (const [key, step] of Object.entries({ ...steps, b: "back" })) {
            await press(key);
            await animationFrame();
            expect.verifySteps([step, "data"]);
        }
    });

    test("a step may lead to another page", async () => {
        onRpc("dental.appointment", "action_checkout", () => ({
            type: "ir.actions.act_window",
            res_model: "dental.appointment",
            res_id: 2,
            views: [[false, "form"]],
        }));
        await openToday();
        await press("ArrowRight");
        await press("o");
        await animationFrame();
        expect(".o_form_view .o_field_widget[name=number] input").toHaveValue("APT/2");
        expect.verifySteps([]);
    });

    test("a refusal is told in the server's words, and the board looks again", async () => {
        onRpc("dental.appointment", "action_seat", () => {
            throw makeServerError({
                type: "UserError",
                message: "APT/1 cannot go on: sign the consent first.",
            });
        });
        await openToday();
        await press("s");
        await animationFrame();
        expect(".o_notification .o_notification_content").toHaveText(
            "Marta Kowalski. APT/1 cannot go on: sign the consent first."
        );
        expect(".o_dialog").toHaveCount(0);
        expect.verifySteps(["data"]);
    });

    function question(vals = {}) {
        const ways = ["missed", "cancelled_late", "cancelled", "cancelled_clinic"];
        return {
            id: 3,
            number: "APT/3",
            patient: "Zoe Quist",
            ways: ways.map((status) => ({ status, counts: false, fee: false })),
            proposed: "cancelled",
            reasons: [
                { id: 1, name: "Ill", by_clinic: false, no_fee: true },
                { id: 2, name: "Dentist away", by_clinic: true, no_fee: false },
            ],
            broken_count: 0,
            last_broken: false,
            ...vals,
        };
    }

    /** Only what went over the wire. */
    const plain = (kwargs) => JSON.parse(JSON.stringify({ ...kwargs, context: undefined }));

    const answered = { reason: "", reason_id: false, charge: false, waived: false };

    test("X asks how it was broken; a number and a letter answer, and it can be undone", async () => {
        onRpc("dental.appointment", "break_data", () => question());
        onRpc("dental.appointment", "action_break", ({ args, kwargs }) => {
            expect.step([args, plain(kwargs)]);
            return true;
        });
        onRpc("dental.appointment", "action_unbreak", ({ args }) => expect.step(args) || true);
        await openToday();
        await press("ArrowRight");
        await press("ArrowRight");
        await press("x");
        await animationFrame();
        expect(queryAllTexts(".o_dialog [data-status] .fw-bold")).toEqual([
            "Missed",
            "Cancelled late",
            "Cancelled in time",
            "We cancelled",
        ]);
        expect(".o_dialog [data-status=cancelled]").toHaveAttribute("aria-checked", "true");
        await press("2");
        await animationFrame();
        expect(".o_dialog [data-status=cancelled_late]").toHaveAttribute("aria-checked", "true");
        await press("l");
        await animationFrame();
        expect(".o_dialog").toHaveCount(0);
        expect.verifySteps([
            [[[3]], { ...answered, how: "cancelled_late", then: "planned" }],
            "data",
        ]);
        await contains(".o_notification button:contains(Undo)").click();
        expect.verifySteps([[[3]], "data"]);
    });

    test("the reason goes along, and the clinic's reasons are the clinic's", async () => {
        onRpc("dental.appointment", "break_data", () => question());
        onRpc("dental.appointment", "action_break", ({ kwargs }) => {
            expect.step(plain(kwargs));
            return true;
        });
        await openToday();
        await press("x");
        await animationFrame();
        expect(queryAllTexts("#dental_broken_reason_id option")).toEqual(["Not told", "Ill"]);
        await contains(".o_dialog [data-status=cancelled_clinic]").click();
        expect(queryAllTexts("#dental_broken_reason_id option")).toEqual([
            "Not told",
            "Dentist away",
        ]);
        await contains("#dental_broken_reason_id").select("2");
        await contains("#dental_broken_reason").edit("Back on Monday", { confirm: false });
        await contains(".o_dialog [data-then=tray]").click();
        expect.verifySteps([
            {
                ...answered,
                how: "cancelled_clinic",
                then: "tray",
                reason: "Back on Monday",
                reason_id: 2,
            },
            "data",
        ]);
    });

    test("a fee is charged, waived with a reason, or excused by the reason", async () => {
        const ways = [{ status: "missed", counts: true, fee: { amount: 50, text: "$ 50.00" } }];
        const asked = question({
            ways,
            proposed: "missed",
            broken_count: 2,
            last_broken: "2026-02-03 10:00:00",
        });
        onRpc("dental.appointment", "break_data", () => asked);
        onRpc("dental.appointment", "action_break", ({ kwargs }) => {
            expect.step([kwargs.charge, kwargs.waived]);
            return true;
        });
        await openToday();
        const open = async () => {
            await press("x");
            await animationFrame();
        };
        await open();
        expect(".o_dialog p.text-warning").toHaveText(/Broken before: 2/);
        await press("n");
        await animationFrame();
        expect.verifySteps([[true, false], "data"]);
        await open();
        await contains("#dental_broken_charge").click();
        await contains(".o_dental_broken_fee input[type=text]").edit("First time", {
            confirm: false,
        });
        await contains(".o_dialog [data-then=nothing]").click();
        expect.verifySteps([[false, "First time"], "data"]);
        await open();
        await contains("#dental_broken_reason_id").select("1");
        expect(".o_dental_broken_fee").toHaveCount(0);
        await contains(".o_dialog [data-then=nothing]").click();
        expect.verifySteps([[false, false], "data"]);
    });

    test("a visit in the chair is not broken off", async () => {
        answer.arrived[0].breaks = [];
        await openToday();
        await press("x");
        await animationFrame();
        expect(".o_dialog").toHaveCount(0);
        expect(".o_notification").toHaveText(/Marta Kowalski/);
    });

    test("F finds a patient", async () => {
        onRpc("dental.patient", "recent", () => []);
        onRpc("has_access", () => true);
        await openToday();
        await press("f");
        await animationFrame();
        expect(".o_dental_find_patient input").toBeFocused();
    });
});

describe("around the visits", () => {
    const hole = {
        id: 1,
        chair_id: 2,
        chair: "Chair 2",
        start: "2026-03-02 09:30:00",
        stop: "2026-03-02 10:00:00",
        minutes: 30,
        provider_id: 4,
        providers: ["Dr. Ortiz"],
        fits: 2,
    };

    test("a hole stands in its place, and F fills it", async () => {
        onRpc("dental.today", "fill", ({ args }) => {
            expect.step(args);
            return {
                type: "ir.actions.act_window",
                name: "Who fits",
                res_model: "dental.appointment",
                views: [[false, "list"]],
            };
        });
        answer = day({ holes: [hole] });
        await openToday();
        expect(queryAllTexts("[data-column=next] li .o_dental_today_mark")).toEqual([
            "08:50",
            "09:30",
            "10:00",
        ]);
        expect("[data-id='hole-1']").toHaveText(/hole 30 min\s+2 fit/);
        for (const key of ["ArrowRight", "ArrowRight", "ArrowDown", "s", "x", "f"]) {
            await press(key);
            await animationFrame();
        }
        expect(".o_breadcrumb").toHaveText(/Who fits/);
        expect.verifySteps([[2, hole.start, hole.stop, 4]]);
    });

    test("holes are counted, and the server opens their list", async () => {
        onRpc("dental.today", "open_holes", () => {
            expect.step("open_holes");
            return {
                type: "ir.actions.act_window",
                name: "Holes of the day",
                res_model: "dental.appointment",
                views: [[false, "list"]],
            };
        });
        const counter = { key: "holes", label: "Holes", count: 1, level: "warning" };
        answer = day({ counters: [{ ...counter, method: "open_holes", domain: [] }] });
        await openToday();
        await contains("[data-counter=holes]").click();
        expect(".o_breadcrumb").toHaveText(/Holes of the day/);
        expect.verifySteps(["open_holes"]);
    });

    test("not come is a question with two answers", async () => {
        onRpc("dental.appointment", "action_expect", ({ args }) => expect.step(args) || true);
        onRpc("dental.appointment", "action_miss", ({ args }) => expect.step(args) || true);
        answer.next[0].missed = true;
        await openToday();
        expect("[data-id='3'] .o_dental_today_missed").toHaveText("not come?");
        expect(queryAllTexts("[data-id='3'] [data-doing]")).toEqual(["Missed", "Comes later"]);
        await press("ArrowRight");
        await press("ArrowRight");
        await press("w");
        await animationFrame();
        expect.verifySteps([[[3]], "data"]);
        await press("m");
        await animationFrame();
        expect.verifySteps([[[3]], "data"]);
        expect(".o_notification button.btn-link").toHaveText("Undo");
    });

    test("who is to be called has a button, and shows the ticket", async () => {
        onRpc("dental.appointment", "action_call_in", ({ args }) => expect.step(args) || true);
        Object.assign(answer.arrived[0], { ticket: "147", call_in: true, arrived_by: "outside" });
        await openToday();
        expect("[data-id='1'] .o_dental_today_told").toHaveText("waits outside");
        expect("[data-id='1'] .o_dental_today_ticket").toHaveText("147");
        await press("i");
        await animationFrame();
        expect.verifySteps([[[1]], "data"]);
        await contains("[data-id='1'] [title='Other steps']").click();
        expect(queryAllTexts(".o-dropdown-item").join()).toMatch(/Check-in card/);
    });

    test("a closed gate is shown, and the board looks again when it is passed", async () => {
        const gate = {
            id: 1,
            number: "APT/1",
            step: "seated",
            step_label: "Seated",
            closed: true,
            may_override: true,
            items: [{ severity: "stop", reason: "no consent.", fix: null, fix_label: "" }],
        };
        onRpc("dental.appointment", "action_seat", ({ kwargs }) => {
            expect.step(Boolean(kwargs.context.dental_gate_dialog));
            return { type: "ir.actions.client", tag: "dental_gate", params: gate };
        });
        onRpc("dental.appointment", "action_override", ({ args }) => expect.step(args) || true);
        await openToday();
        await press("s");
        await animationFrame();
        expect(".modal-title").toHaveText("APT/1: before “Seated”");
        expect(".o_dental_gate li").toHaveText("Stops: no consent.");
        expect(".o_dental_gate_go").not.toBeEnabled();
        expect.verifySteps([true, "data"]);
        await contains(".o_dental_gate_override").click();
        await contains(".modal input").edit("The doctor said so", { confirm: false });
        await contains(".modal .btn-danger").click();
        await animationFrame();
        expect(".modal").toHaveCount(0);
        expect.verifySteps([[[1], "seated", "The doctor said so"], "data"]);
    });

    test("G shows what stands in the way, and each button mends its reason", async () => {
        let closed = true;
        onRpc("dental.appointment", "gate", ({ args }) => {
            const fix = { method: "tick", args: [7] };
            const item = { severity: "stop", reason: "no premedication.", fix, fix_label: "Done" };
            return {
                id: args[0][0],
                number: "APT/1",
                step: args[1],
                step_label: "Seated",
                closed,
                may_override: false,
                items: closed ? [item] : [],
            };
        });
        onRpc("dental.appointment", "tick", ({ args }) => {
            expect.step(args);
            closed = false;
            return [];
        });
        onRpc("dental.appointment", "pass_gate", ({ args }) => expect.step(args) || true);
        await openToday();
        await press("g");
        await animationFrame();
        expect(".o_dental_gate_override").toHaveCount(0);
        await contains(".o_dental_gate button").click();
        await animationFrame();
        expect(".o_dental_gate_open").toHaveText("Nothing stands in the way.");
        await contains(".o_dental_gate_go").click();
        await animationFrame();
        expect.verifySteps([[[1], 7], [[1], "seated"], "data"]);
    });

    test("the room to clean, the note, the tasks and who is in", async () => {
        const calls = [
            ["dental.operatory", "action_room_next"],
            ["dental.presence", "toggle_me"],
            ["dental.day", "set_note"],
            ["dental.today", "add_task"],
            ["dental.task", "action_done"],
        ];
        for (const [model, method] of calls) {
            onRpc(model, method, ({ args }) => expect.step([method, args]) || true);
        }
        answer = day({
            team_in: [{ user_id: 5, name: "Elena" }],
            me_in: false,
            may_note: true,
            note: "Compressor at 11",
            tasks: [
                {
                    id: 9,
                    kind: "promise",
                    text: "Call back",
                    due_at: "2026-03-02 08:00:00",
                    owner: "Mia",
                },
            ],
        });
        Object.assign(answer.chairs[1], { state: "dirty", since: "2026-03-02 08:45:00" });
        await openToday();
        expect(".o_dental_today_free").toHaveText(/to clean\s*15 min long/);
        await contains(".o_dental_today_room").click();
        expect(".o_dental_today_team").toHaveText("Elena");
        await contains(".o_dental_today_me").click();
        expect(".o_dental_today_task").toHaveText(/Promised: Call back · Mia\s+since 08:00/);
        await contains(".o_dental_today_task input").click();
        await contains(".o_dental_today_new_task").edit("Order gloves", { confirm: "Enter" });
        await contains(".o_dental_today_note").click();
        await contains(".o_dental_today_note_text").edit("At noon", { confirm: false });
        await contains(".o_dental_today_column form button").click();
        await animationFrame();
        expect.verifySteps([
            ["action_room_next", [[2]]],
            "data",
            ["toggle_me", []],
            "data",
            ["action_done", [[9]]],
            "data",
            ["add_task", ["Order gloves"]],
            "data",
            ["set_note", ["2026-03-02", "At noon"]],
            "data",
        ]);
    });
});

describe("restricted", () => {
    beforeEach(() => {
        answer.arrived = [
            row(1, "Restricted", "arrived", {
                arrived_at: "2026-03-02 08:48:00",
                restricted: true,
                file: "P00007",
                type: undefined,
                provider: undefined,
                steps: [],
                breaks: [],
            }),
        ];
    });

    test("it shows the file's number only", async () => {
        await openToday();
        expect("[data-id='1'] .o_dental_today_name").toHaveText("Restricted P00007");
        expect("[data-id='1'] .o_dental_today_details").toHaveText(/^Chair 1/);
    });

    for (const key of ["Enter", "s", "x"]) {
        test(`${key} asks for the file`, async () => {
            await openToday();
            await press(key);
            await animationFrame();
            expect(".o_dialog .o_field_widget[name=patient_number] input").toHaveValue("P00007");
        });
    }
});

describe("changes by others", () => {
    let looks = 0;

    /** The board, listening. Waiting for the channel runs every timer there is, ours included. */
    async function openListening() {
        onRpc("dental.today", "data", () => {
            looks++;
            return answer;
        });
        await mountWebClient();
        await getService("action").doAction({ type: "ir.actions.client", tag: "dental_today" });
        await waitForChannels(["dental_today_1"]);
        looks = 0;
    }

    test("several together are one look", async () => {
        await openListening();
        answer = day({ arrived: [] });
        const changes = [1, 2].map((id) => ["dental.today/changed", { company_id: 1, ids: [id] }]);
        for (const change of changes) {
            MockServer.env["bus.bus"]._sendone("dental_today_1", ...change);
        }
        await waitNotifications(...changes);
        expect(looks).toBe(0);
        await advanceTime(500);
        await animationFrame();
        expect(looks).toBe(1);
        expect(rowsOf("arrived")).toEqual([]);
    });

    test("the board leaves its channel when it is left", async () => {
        await openListening();
        await press("Enter");
        await animationFrame();
        expect(".o_form_view").toHaveCount(1);
        looks = 0;
        await waitForChannels(["dental_today_1"], { operation: "delete" });
        await advanceTime(24 * 3600_000);
        expect(looks).toBe(0);
    });

    test("no request while nothing happens", async () => {
        await openToday();
        await advanceTime(30 * 60_000);
        expect.verifySteps([]);
    });

    test("it looks again when the clock alone makes somebody late", async () => {
        answer = day({ changes_at: "2026-03-02 09:05:00" });
        await openToday();
        await advanceTime(4 * 60_000);
        expect.verifySteps([]);
        answer = day({ now: "2026-03-02 09:05:01" });
        await advanceTime(2 * 60_000);
        expect.verifySteps(["data"]);
    });
});
