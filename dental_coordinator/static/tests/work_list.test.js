import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { press, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    makeServerError,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class DentalAppointment extends models.Model {
    _name = "dental.appointment";

    number = fields.Char();
    bucket = fields.Selection({
        selection: [
            ["1", "Overdue"],
            ["2", "Later"],
        ],
    });

    _records = [
        { id: 1, number: "APT/1", bucket: "1" },
        { id: 2, number: "APT/2", bucket: "1" },
        { id: 3, number: "APT/3", bucket: "2" },
    ];
}

defineMailModels();
defineModels([DentalAppointment]);

const OUTCOMES = [
    { key: "reached", label: "Reached" },
    { key: "no_answer", label: "No answer" },
];

beforeEach(() => {
    onRpc("dental.appointment", "work_outcomes", () => OUTCOMES);
    onRpc("dental.appointment", "work_outcome", ({ args }) => {
        expect.step(args);
        return { message: "" };
    });
});

function openList(vals = {}) {
    return mountView({
        type: "list",
        resModel: "dental.appointment",
        arch: `<list js_class="dental_work_list" expand="1"><field name="number"/></list>`,
        ...vals,
    });
}

describe("work list", () => {
    test("the legend names the outcomes and their keys", async () => {
        await openList();
        expect(queryAllTexts(".o_dental_legend button")).toEqual(["1Reached", "2No answer"]);
        expect(".o_dental_current").toHaveCount(1);
        expect(".o_dental_current").toHaveText(/APT\/1/);
    });

    test("a key answers the marked row, and the next one is there", async () => {
        await openList();
        await press("2");
        await animationFrame();
        expect.verifySteps([[[1], "no_answer"]]);
        expect(".o_dental_current").toHaveText(/APT\/2/);
        await press("1");
        await animationFrame();
        expect.verifySteps([[[2], "reached"]]);
        expect(".o_dental_current").toHaveText(/APT\/3/);
    });

    test("the arrow key goes to the row below", async () => {
        await openList();
        await press("ArrowDown");
        await animationFrame();
        expect(".o_dental_current").toHaveText(/APT\/2/);
    });

    test("chosen rows are answered together", async () => {
        await openList();
        await contains(".o_data_row:eq(0) .o_list_record_selector input").click();
        await contains(".o_data_row:eq(2) .o_list_record_selector input").click();
        await contains(".o_dental_legend [data-outcome=reached]").click();
        expect.verifySteps([[[1, 3], "reached"]]);
    });

    test("rows of groups are walked through in their order", async () => {
        await openList({ groupBy: ["bucket"] });
        await press("1");
        await animationFrame();
        await press("1");
        await animationFrame();
        expect.verifySteps([
            [[1], "reached"],
            [[2], "reached"],
        ]);
        expect(".o_dental_current").toHaveText(/APT\/3/);
    });

    test("a refusal is told and the row stays marked", async () => {
        onRpc("dental.appointment", "work_outcome", () => {
            throw makeServerError({ type: "UserError", message: "Somebody booked it" });
        });
        await openList();
        await press("1");
        await animationFrame();
        expect(".o_notification").toHaveText(/Somebody booked it/);
    });

    test("what was done can be taken back, and its first row is marked again", async () => {
        onRpc("dental.appointment", "work_outcome", ({ args }) => {
            expect.step(args);
            return { message: "", press: 7, said: "No answer: 2 rows" };
        });
        onRpc("dental.appointment", "work_undo", ({ args }) => {
            expect.step(args);
            return { message: "Taken back", level: "success", ids: [1, 2] };
        });
        await openList();
        expect("[data-undo]").toHaveCount(0);
        await press("2");
        await animationFrame();
        expect(".o_notification").toHaveText(/No answer: 2 rows/);
        expect(".o_dental_current").toHaveText(/APT\/2/);
        await contains(".o_notification button:contains(Undo)").click();
        await animationFrame();
        expect.verifySteps([[[1], "no_answer"], [7]]);
        expect(".o_dental_current").toHaveText(/APT\/1/);
        expect(queryAllTexts(".o_notification")).toEqual(["Taken back"]);
        expect("[data-undo]").toHaveCount(0);
    });

    test("Z and U take back what was done before the list was opened", async () => {
        onRpc("dental.appointment", "work_undo", ({ args }) => {
            expect.step(args);
            throw makeServerError({ type: "UserError", message: "Nothing to take back" });
        });
        await openList();
        await press("z");
        await animationFrame();
        await press("u");
        await animationFrame();
        expect.verifySteps([[false], [false]]);
        expect(".o_notification:first").toHaveText(/Nothing to take back/);
    });

    test("a key that has no outcome does nothing", async () => {
        await openList();
        await press("6");
        await animationFrame();
        expect.verifySteps([]);
    });
});
