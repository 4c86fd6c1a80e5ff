import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { keyDown, press, queryAllTexts, queryOne, queryRect } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, mockDate } from "@odoo/hoot-mock";
import { waitForChannels, waitNotifications } from "@bus/../tests/bus_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    getService,
    makeServerError,
    MockServer,
    models,
    mountWebClient,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { card, morning, VIEW } from "./book_data";

class DentalBook extends models.Model {
    _name = "dental.book";
}
class DentalBookNote extends models.Model {
    _name = "dental.book.note";
    day = fields.Date();
    text = fields.Char();
}
class DentalPatient extends models.Model {
    _name = "dental.patient";
}
class DentalAppointment extends models.Model {
    _name = "dental.appointment";
    number = fields.Char();
    _records = [{ id: 1, number: "APT/1" }];
    _views = { form: `<form><field name="number"/></form>` };
}
defineMailModels();
defineModels([DentalBook, DentalBookNote, DentalPatient, DentalAppointment]);

let answer;
beforeEach(() => {
    mockDate("2026-03-02 08:00:00", 0);
    sessionStorage.clear();
    answer = morning();
    onRpc("dental.book", "data", ({ args }) => {
        expect.step(`data ${args[0] || ""}`.trim());
        return answer;
    });
    onRpc("dental.appointment", "book_place", ({ args: [ids, vals] }) => {
        expect.step(["book_place", ids[0], vals]);
        return { ...vals, status: "scheduled" };
    });
    onRpc("dental.appointment", "action_to_tray", ({ args: [ids] }) => {
        expect.step(["action_to_tray", ids[0]]);
        return true;
    });
    onRpc("dental.patient", "before_booking", () => ({ lines: [] }));
    onRpc("dental.patient", "book_kinds", () => [
        { id: 1, name: "Exam", minutes: 40, new_patient: false },
        { id: 2, name: "Crown", minutes: 60, new_patient: false },
    ]);
    onRpc("dental.patient", "find", ({ args }) => [
        { id: 10, name: "Marta Kowalski", number: "P1", birth_date: "1992-05-04", phone: "" },
        { id: 90, name: `Found by ${args[0]}`, number: "P9", birth_date: false, phone: "" },
    ]);
    onRpc("dental.patient", "book_pane", ({ args: [[id]] }) => ({
        id,
        name: "Marta Kowalski",
        number: "P1",
        notes: ["Pay first"],
        visits: [
            { id: 7, number: "APT/7", kind: "planned", status: "Planned", start: false, text: "Crown", minutes: 60 },
        ],
        due: [],
    })); // prettier-ignore
});

async function openBook() {
    await mountWebClient();
    await getService("action").doAction({ type: "ir.actions.client", tag: "dental_book" });
    expect.verifySteps(["data"]);
}

/** Where a minute of a column lies, from the column's top left corner. */
function at(minute) {
    return { position: { x: 40, y: (minute - VIEW.start_hour * 60) * 2 + 5 }, relative: true };
}

const column = (id) => `.o_dental_book_column[data-column=chair${id}]`;
const visit = (id) => `.o_dental_book_card[data-id='${id}']`;
const names = () => queryAllTexts(".o_dental_book_card b");

/** Take a card five pixels below its top and hold it over a minute of a column. */
async function dragOver(source, target, minute, options = {}) {
    const drag = await contains(source).drag({
        position: { x: 40, y: 5 },
        relative: true,
        ...options,
    });
    await drag.moveTo(target, at(minute));
    return drag;
}

describe.current.tags("desktop");

describe("what it shows", () => {
    test("each visit in its chair, with a word for its status", async () => {
        await openBook();
        expect(queryAllTexts(".o_dental_book_title b")).toEqual([
            "Chair 1 (Dr. Ortiz)",
            "Chair 2 (Dr. Haas)",
        ]);
        expect(`${column(1)} ${visit(1)}`).toHaveCount(1);
        expect(`${column(2)} ${visit(2)}`).toHaveCount(1);
        expect(`${visit(1)} [title=unconfirmed]`).toHaveCount(1);
        expect(queryOne(visit(2)).getAttribute("aria-label")).toBe(
            "10:00–10:40, Tom Abel, confirmed, Exam"
        );
        expect(queryRect(visit(1)).height).toBe(79);
    });

    test("two at one time share the column", async () => {
        answer.visits.push(card(3, "Ana Lund", "09:20", "10:00"));
        await openBook();
        const [left, right] = [queryRect(visit(1)), queryRect(visit(3))];
        expect(left.right <= right.left).toBe(true);
        expect(Math.abs(left.width - right.width) < 2).toBe(true);
        expect(queryRect(visit(2)).width > 1.8 * left.width).toBe(true);
    });

    test("kept time says how often it filled, where enough of it is past", async () => {
        const span = { start: "2026-03-02 11:00:00", stop: "2026-03-02 12:00:00", color: 0 };
        const kept = { ...span, name: "Emergencies", schedulable: true, kind: "template" };
        answer.blockouts = [
            { ...kept, id: 5, resource_id: 1, type_ids: [9], filled: [9, 12] },
            { ...kept, id: 6, resource_id: 2, type_ids: [9], filled: false },
        ];
        await openBook();
        const title = (id) => queryOne(`${column(id)} .o_dental_book_block`).getAttribute("title");
        expect(title(1)).toBe("It filled 9 of 12 times so far");
        expect(title(2)).toBe(null);
    });

    test("who does not come is late, in a word", async () => {
        answer.now = "2026-03-02 09:06:00";
        await openBook();
        expect(`${visit(1)} .o_dental_book_word`).toHaveText("late");
        expect(`${visit(2)} .o_dental_book_word`).toHaveCount(0);
    });

    test("a restricted visit shows its place and nothing else", async () => {
        const hidden = { restricted: true, patient: "Restricted", items: [], initials: undefined };
        answer.visits[0] = { ...answer.visits[0], ...hidden };
        await openBook();
        expect(visit(1)).toHaveText(/Restricted/);
        expect(`${visit(1)} .o_dental_book_resize`).toHaveCount(0);
    });

    test("bystanders read initials or numbers", async () => {
        await openBook();
        await press("h");
        await animationFrame();
        expect(names()).toEqual(["MK", "TA"]);
        await press("h");
        await animationFrame();
        expect(names()).toEqual(["P1", "P2"]);
        expect(".o_dental_book_privacy").toHaveText("Numbers");
        await press("h");
        await animationFrame();
        expect(names()).toEqual(["Marta Kowalski", "Tom Abel"]);
    });

    test("what colleagues do appears, and nothing else is drawn anew", async () => {
        await openBook();
        await waitForChannels(["dental_today_1"]);
        const before = queryOne(visit(1));
        answer = morning();
        answer.visits.push(card(3, "Ana Lund", "11:00", "11:40"));
        const change = ["dental.today/changed", { company_id: 1, ids: [3] }];
        MockServer.env["bus.bus"]._sendone("dental_today_1", ...change);
        await waitNotifications(change);
        await advanceTime(400);
        await animationFrame();
        expect.verifySteps(["data"]);
        expect(names()).toEqual(["Marta Kowalski", "Ana Lund", "Tom Abel"]);
        expect(queryOne(visit(1))).toBe(before);
    });
});

describe("dragging", () => {
    test("to another chair and time", async () => {
        await openBook();
        const { drop } = await dragOver(visit(1), column(2), 660);
        expect(".o_dental_book_ghost").toHaveText("11:00–11:40 Marta Kowalski");
        expect(visit(1)).toHaveClass("o_lifted");
        await drop();
        await animationFrame();
        const vals = { start: "2026-03-02 11:00:00", minutes: 40, operatory_id: 2 };
        expect.verifySteps([["book_place", 1, vals], "data"]);
        expect(".o_dental_book_ghost").toHaveCount(0);
        expect(".o_notification").toHaveText(/Marta Kowalski: now 11:00, Chair 2/);
    });

    test("undo takes it back to where it was", async () => {
        await openBook();
        await (await dragOver(visit(1), column(1), 660)).drop();
        await animationFrame();
        expect.verifySteps([
            ["book_place", 1, { start: "2026-03-02 11:00:00", minutes: 40, operatory_id: 1 }],
            "data",
        ]);
        await contains(".o_notification button:contains(Undo)").click();
        expect.verifySteps([
            ["book_place", 1, { start: "2026-03-02 11:00:00", minutes: 40, operatory_id: 1 }],
            "data",
        ]);
    });

    test("Escape leaves it where it was", async () => {
        await openBook();
        const { drop } = await dragOver(visit(1), column(2), 660);
        await press("Escape");
        await animationFrame();
        expect(".o_dental_book_ghost").toHaveCount(0);
        expect(visit(1)).not.toHaveClass("o_lifted");
        await drop();
        expect.verifySteps([]);
    });

    test("what is in the way is shaded and says why", async () => {
        await openBook();
        const { drop } = await dragOver(visit(1), column(2), 610);
        expect(".o_dental_book_ghost").toHaveClass("o_refused");
        expect(".o_dental_book_ghost").toHaveText(/Tom Abel until 10:40/);
        expect(`${column(2)} .o_dental_book_forbidden`).toHaveCount(1);
        await drop();
        expect.verifySteps([
            ["book_place", 1, { start: "2026-03-02 10:10:00", minutes: 40, operatory_id: 2 }],
            "data",
        ]);
    });

    test("a refusal is shown in the server's words and the visit is back", async () => {
        onRpc("dental.appointment", "book_place", () => {
            throw makeServerError({
                type: "UserError",
                message: "The chair is taken by APT/2.\nFree instead: 11:00.",
            });
        });
        await openBook();
        await (await dragOver(visit(1), column(2), 610)).drop();
        await animationFrame();
        expect.verifySteps(["data"]);
        expect(".o_notification").toHaveText(/taken by APT\/2\.\s*Free instead: 11:00/);
        expect(`${column(1)} ${visit(1)}`).toHaveCount(1);
        expect(".o_dental_book_ghost").toHaveCount(0);
    });

    test("its lower edge makes it longer", async () => {
        await openBook();
        const { moveTo, drop } = await contains(`${visit(1)} .o_dental_book_resize`).drag();
        await moveTo(column(1), at(590));
        expect(".o_dental_book_ghost").toHaveText("9:00–10:00 Marta Kowalski");
        await drop();
        await animationFrame();
        const vals = { start: "2026-03-02 09:00:00", minutes: 60, operatory_id: 1 };
        expect.verifySteps([["book_place", 1, vals], "data"]);
    });

    test("a click is no drag", async () => {
        await openBook();
        await contains(visit(1)).click();
        expect(visit(1)).toHaveClass("o_selected");
        expect.verifySteps([]);
    });

    test("who may not book drags nothing", async () => {
        Object.assign(answer, { may_book: false, may_move: false, may_resize: false });
        await openBook();
        await (await dragOver(visit(1), column(2), 660)).drop();
        expect(".o_dental_book_ghost").toHaveCount(0);
        expect.verifySteps([]);
    });
});

describe("two rights", () => {
    test("who may only resize drags no card, and has the edge", async () => {
        answer.may_move = false;
        await openBook();
        await (await dragOver(visit(1), column(2), 660)).drop();
        expect(".o_dental_book_ghost").toHaveCount(0);
        const { moveTo, drop } = await contains(`${visit(1)} .o_dental_book_resize`).drag();
        await moveTo(column(1), at(590));
        await drop();
        await animationFrame();
        const vals = { start: "2026-03-02 09:00:00", minutes: 60, operatory_id: 1 };
        expect.verifySteps([["book_place", 1, vals], "data"]);
    });

    test("who may only move has no edge", async () => {
        answer.may_resize = false;
        await openBook();
        expect(".o_dental_book_resize").toHaveCount(0);
        await (await dragOver(visit(1), column(2), 660)).drop();
        await animationFrame();
        const vals = { start: "2026-03-02 11:00:00", minutes: 40, operatory_id: 2 };
        expect.verifySteps([["book_place", 1, vals], "data"]);
    });
});

describe("the tray", () => {
    test("a visit dropped there gives its time back", async () => {
        await openBook();
        const { moveTo, drop } = await dragOver(visit(1), column(2), 660);
        await moveTo(".o_dental_book_tray");
        expect(".o_dental_book_tray").toHaveClass("o_over");
        expect(".o_dental_book_ghost").toHaveCount(0);
        await drop();
        await animationFrame();
        expect.verifySteps([["action_to_tray", 1], "data"]);
        expect(".o_notification").toHaveText(/waits on the tray/);
    });

    test("from the tray it is booked where it is dropped", async () => {
        answer.tray = [card(5, "Zoe Haas", "08:00", "09:00", { in_tray: true, pattern: "/XXXX/" })];
        await openBook();
        expect(".o_dental_book_chip").toHaveText("Zoe Haas Exam 60'");
        await (await dragOver("[data-tray='5']", column(2), 660)).drop();
        await animationFrame();
        expect.verifySteps([
            ["book_place", 5, { start: "2026-03-02 11:00:00", minutes: 60, operatory_id: 2 }],
            "data",
        ]);
    });

    test("without dragging: a click on it, a click on the place", async () => {
        answer.tray = [card(5, "Zoe Haas", "08:00", "08:40", { in_tray: true })];
        await openBook();
        await contains(".o_dental_book_chip").click();
        expect(".o_dental_book_chip").toHaveClass("active");
        await contains(column(1)).click(at(660));
        await animationFrame();
        expect.verifySteps([
            ["book_place", 5, { start: "2026-03-02 11:00:00", minutes: 40, operatory_id: 1 }],
            "data",
        ]);
    });
});

describe("keys", () => {
    async function pressed(key) {
        await press(key);
        await animationFrame();
    }

    test("arrows walk through the visits, Enter opens", async () => {
        await openBook();
        await pressed("ArrowDown");
        expect(visit(1)).toHaveClass("o_selected");
        expect(visit(1)).toBeFocused();
        await pressed("ArrowRight");
        expect(visit(2)).toHaveClass("o_selected");
        await pressed("ArrowLeft");
        await pressed("Enter");
        expect(".o_form_view").toHaveCount(1);
    });

    test("Shift and an arrow move a visit by a line, or to the next chair", async () => {
        await openBook();
        await contains(visit(1)).click();
        await press(["Shift", "ArrowDown"]);
        await animationFrame();
        const vals = { minutes: 40, operatory_id: 1 };
        expect.verifySteps([["book_place", 1, { ...vals, start: "2026-03-02 09:10:00" }], "data"]);
        await press(["Shift", "ArrowRight"]);
        await animationFrame();
        expect.verifySteps([
            ["book_place", 1, { ...vals, operatory_id: 2, start: "2026-03-02 09:00:00" }],
            "data",
        ]);
    });

    test("days, months and views", async () => {
        await openBook();
        const asked = [
            ["3", "data 2026-06-02"],
            ["4", "data 2026-07-02"],
            ["6", "data 2026-09-02"],
            ["PageDown", "data 2026-03-03"],
            ["Home", "data 2026-03-02"],
        ];
        for (const [key, step] of asked) {
            await pressed(key);
            expect.verifySteps([step]);
        }
        await keyDown("F2");
        await animationFrame();
        expect.verifySteps(["data 2026-03-02"]);
    });

    test("T puts the selected visit on the tray", async () => {
        await openBook();
        await contains(visit(2)).click();
        await pressed("t");
        expect.verifySteps([["action_to_tray", 2], "data"]);
    });

    test("space shows the details and takes them away", async () => {
        onRpc("dental.appointment", "book_peek", () => ({
            title: "Marta Kowalski",
            number: "APT/1",
            alerts: [{ level: "stop", text: "Penicillin", detail: "" }],
            lines: [{ key: "note", label: "Note", text: "Bring x-ray" }],
        }));
        await openBook();
        await contains(visit(1)).click();
        await pressed("Space");
        expect(".o_dental_book_peek").toHaveText(/Penicillin[\s\S]*Note Bring x-ray/);
        await pressed("Space");
        expect(".o_dental_book_peek").toHaveCount(0);
    });
});

describe("booking", () => {
    beforeEach(() => {
        onRpc("dental.appointment", "create", ({ args: [[vals]] }) => {
            expect.step(["create", vals]);
            return [1];
        });
    });

    test("double click, who, Enter, what for, Enter", async () => {
        await openBook();
        await contains(column(2)).dblclick(at(660));
        expect(".o_dental_book_who").toBeFocused();
        await contains(".o_dental_book_who").edit("kow", { confirm: false });
        await press("Enter");
        await animationFrame();
        expect(".o_dental_book_chosen").toHaveText(/Marta Kowalski/);
        expect(".o_dental_book_panel").toHaveText(/Pay first/);
        expect(".o_dental_book_kind").toBeFocused();
        await contains(".o_dental_book_kind").select("2");
        expect(".o_dental_book_ghost").toHaveRect({ height: 120 });
        await press("Enter");
        await animationFrame();
        expect.verifySteps([
            [
                "create",
                {
                    patient_id: 10,
                    type_id: 2,
                    operatory_id: 2,
                    provider_id: 2,
                    start: "2026-03-02 11:00:00",
                    is_new: false,
                },
            ],
            "data",
        ]);
        expect(".o_dental_book_panel").toHaveCount(0);
        expect(visit(1)).toHaveClass("o_selected");
    });

    test("dragging over an empty stretch says how long", async () => {
        await openBook();
        const { moveTo, drop } = await contains(column(1)).drag(at(660));
        await moveTo(column(1), at(700));
        await drop();
        await animationFrame();
        expect(".o_dental_book_panel h2").toHaveText(/11:00, 50 min/);
        await press("Escape");
        await animationFrame();
        expect(".o_dental_book_panel").toHaveCount(0);
    });

    test("another click in the book moves the place; the grid stays in sight", async () => {
        await openBook();
        await contains(column(1)).dblclick(at(660));
        await contains(".o_dental_book_who").edit("kow", { confirm: false });
        await press("Enter");
        await animationFrame();
        await contains(column(2)).click(at(690));
        expect(".o_dental_book_panel h2").toHaveText(/11:30/);
        expect(".o_dental_book_where").toHaveValue("2");
        expect(".o_dental_book_with").toHaveValue("2");
    });

    test("what waits for a place is put here instead of typing again", async () => {
        await openBook();
        await contains(visit(1)).click();
        await press("p");
        await animationFrame();
        await contains(column(2)).click(at(660));
        await contains(".o_dental_book_panel button:contains(Place here)").click();
        expect.verifySteps([
            ["book_place", 7, { start: "2026-03-02 11:00:00", minutes: 60, operatory_id: 2 }],
            "data",
        ]);
        expect(".o_dental_book_panel").toHaveCount(0);
    });

    test("a refusal stays beside what was entered", async () => {
        onRpc("dental.appointment", "create", () => {
            throw makeServerError({ type: "UserError", message: "The chair is taken." });
        });
        await openBook();
        await contains(column(2)).dblclick(at(660));
        await contains(".o_dental_book_who").edit("kow", { confirm: false });
        await press("Enter");
        await animationFrame();
        await contains(".o_dental_book_do").click();
        expect(".o_dental_book_refused").toHaveText("The chair is taken.");
        expect(".o_dental_book_chosen").toHaveText(/Marta Kowalski/);
    });
});

describe("notes", () => {
    test("a note is added, and ticked off", async () => {
        onRpc("dental.book.note", "create", ({ args: [[vals]] }) => {
            expect.step(vals);
            return [4];
        });
        onRpc("dental.book.note", "write", ({ args }) => {
            expect.step(args);
            return true;
        });
        answer.days[0].notes = [
            { id: 3, text: "Order gloves", todo: true, done: false, start: false, since: false },
        ];
        await openBook();
        await contains(".o_dental_book_note input").click();
        expect.verifySteps([[[3], { done: true }], "data"]);
        await contains(".o_dental_book_add_note").click();
        await contains(".o_dental_book_note_input").edit("Meeting", { confirm: "Enter" });
        expect.verifySteps([{ day: "2026-03-02", text: "Meeting" }, "data"]);
    });
});
