import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame, mockDate } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    makeServerError,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class DentalPatient extends models.Model {
    _name = "dental.patient";

    name = fields.Char();

    _records = [{ id: 7, name: "P00007" }];
    _views = {
        form: `<form>
            <widget name="dental_patient_header" invisible="not id"/>
            <field name="name"/>
        </form>`,
    };
}

class DentalRequest extends models.Model {
    _name = "dental.request";

    patient_id = fields.Many2one({ relation: "dental.patient" });

    _records = [
        { id: 1, patient_id: 7 },
        { id: 2, patient_id: false },
    ];
    _views = {
        form: `<form>
            <widget name="dental_patient_header"/>
            <field name="patient_id"/>
        </form>`,
    };
}

class DentalAppointment extends models.Model {
    _name = "dental.appointment";

    patient_id = fields.Many2one({ relation: "dental.patient" });

    _records = [{ id: 5, patient_id: 7 }];
    _views = {
        form: `<form>
            <widget name="dental_patient_header"/>
            <field name="patient_id"/>
        </form>`,
    };
}

defineMailModels();
defineModels([DentalPatient, DentalRequest, DentalAppointment]);

function header(vals = {}) {
    return {
        id: 7,
        number: "P00007",
        restricted: false,
        name: 'Marta Kowalski "Mati"',
        pronoun: "she",
        age: 33,
        birth_date: "1992-05-04",
        alerts: [
            { level: "stop", text: "Penicillin", detail: "Rash" },
            { level: "info", text: "Hip joint", detail: "", premedication: true },
        ],
        facts: [
            {
                key: "next",
                label: "Next",
                moment: "2026-03-05 10:20:00",
                text: "Crown, Chair 2",
                model: "dental.appointment",
                res_id: 12,
            },
            { key: "recall", label: "Recall due", date: "2026-03-14", text: "" },
            { key: "owes", label: "Owes", text: "84.00", level: "warning" },
        ],
        may_book: true,
        may_check_in: true,
        ...vals,
    };
}

let answer;
beforeEach(() => {
    mockDate("2026-03-02 09:00:00", 0);
    answer = header();
    onRpc("dental.patient", "header_data", ({ args }) => expect.step(args) || answer);
    mockService("action", {
        doAction: (action, options) => {
            expect.step([action.res_model || action, action.res_id || options?.additionalContext]);
        },
    });
});

async function open(resModel, resId) {
    await mountView({ type: "form", resModel, resId });
    await animationFrame();
}

describe.current.tags("desktop");

test("one request tells who it is, what to beware of and what comes next", async () => {
    await open("dental.patient", 7);
    expect.verifySteps([[[7]]]);
    expect(".o_dental_patient_header").toHaveText(
        /^Marta Kowalski "Mati"\s+she · 33 years · P00007/
    );
    expect(queryAllTexts(".o_dental_alert")).toEqual(["Penicillin", "Hip joint · premedicate"]);
    expect(".o_dental_alert:first i").toHaveAttribute("aria-label", "Stop");
    expect(queryAllTexts(".o_dental_facts > span")).toEqual([
        "Next: Thu 10:20 Crown, Chair 2",
        "Recall due: Mar 14",
        "Owes: 84.00",
    ]);
    expect("[data-fact=owes] .text-warning").toHaveCount(1);
});

test("beside a field patient_id, the name opens the file and a visit opens itself", async () => {
    await open("dental.request", 1);
    expect.verifySteps([[[7]]]);
    await contains(".o_dental_patient_header a:first").click();
    await contains("[data-fact=next] a").click();
    expect.verifySteps([
        ["dental.patient", 7],
        ["dental.appointment", 12],
    ]);
});

test("without a patient nothing is asked and nothing shown", async () => {
    await open("dental.request", 2);
    expect.verifySteps([]);
    expect(".o_dental_patient_header").toHaveCount(0);
});

test("a restricted file shows that it is, and asks for a reason", async () => {
    answer = { id: 7, number: "P00007", restricted: true };
    await open("dental.request", 1);
    expect(".o_dental_patient_header").toHaveText(/^Restricted\s+P00007\s+Ask for the file$/);
    await contains(".o_dental_patient_header button").click();
    expect.verifySteps([
        [[7]],
        ["dental_coordinator.dental_break_glass_action", { default_patient_number: "P00007" }],
    ]);
});

test("a file of another clinic shows no header and no error", async () => {
    onRpc("dental.patient", "header_data", () => {
        throw makeServerError({ type: "AccessError", message: "Not yours" });
    });
    await open("dental.request", 1);
    expect(".o_dental_patient_header").toHaveCount(0);
    expect(".o_dialog").toHaveCount(0);
    expect(".o_form_view").toHaveCount(1);
});

test("it is asked again after each saved change", async () => {
    await open("dental.patient", 7);
    expect.verifySteps([[[7]]]);
    answer = header({ alerts: [] });
    await contains(".o_field_widget[name=name] input").edit("P00008");
    expect.verifySteps([]);
    mockDate("2026-03-02 09:01:00", 0);
    await contains(".o_form_button_save").click();
    await animationFrame();
    await animationFrame();
    expect.verifySteps([[[7]]]);
    expect(".o_dental_alert").toHaveCount(0);
});

test("check in tells the board's server and then looks again", async () => {
    onRpc("dental.patient", "action_check_in", ({ args }) => {
        expect.step(["check in", ...args]);
        answer = header({ may_check_in: false });
        return true;
    });
    await open("dental.patient", 7);
    await contains(".o_dental_check_in").click();
    await animationFrame();
    expect(".o_dental_check_in").toHaveCount(0);
    expect(".o_notification").toHaveText('Marta Kowalski "Mati" has arrived.');
    expect.verifySteps([[[7]], ["check in", [7]], [[7]]]);
});

test("a visit checks in by its own button", async () => {
    await open("dental.appointment", 5);
    expect(".o_dental_book").toHaveCount(1);
    expect(".o_dental_check_in").toHaveCount(0);
    expect.verifySteps([[[7]]]);
});

test("check in leaves what is being typed in the form", async () => {
    onRpc("dental.patient", "action_check_in", () => true);
    await open("dental.patient", 7);
    await contains(".o_field_widget[name=name] input").edit("P00008");
    await contains(".o_dental_check_in").click();
    await animationFrame();
    expect(".o_field_widget[name=name] input").toHaveValue("P00008");
    expect.verifySteps([[[7]], [[7]]]);
});

test("book leads where the server says", async () => {
    onRpc("dental.patient", "action_book", () => ({
        type: "ir.actions.act_window",
        res_model: "dental.slot.finder",
        res_id: 3,
    }));
    await open("dental.patient", 7);
    await contains(".o_dental_book").click();
    expect.verifySteps([[[7]], ["dental.slot.finder", 3]]);
});

test("who may do neither has no buttons", async () => {
    answer = header({ may_book: false, may_check_in: false });
    await open("dental.patient", 7);
    expect.verifySteps([[[7]]]);
    expect(".o_dental_patient_header button").toHaveCount(0);
});
