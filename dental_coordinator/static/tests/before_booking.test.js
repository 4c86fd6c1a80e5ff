import { describe, expect, test } from "@odoo/hoot";
import { press, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
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
}

class DentalSlotProposal extends models.Model {
    _name = "dental.slot.proposal";

    card = fields.Json();

    _records = [
        {
            id: 1,
            card: {
                places: [
                    {
                        start: "2026-03-03 09:00:00",
                        stop: "2026-03-03 09:40:00",
                        provider: "Dr. Ortiz",
                        chair: "Chair 1",
                        who: "",
                        type: "",
                    },
                ],
                reasons: ["fits 40 minutes", "leaves no hole"],
            },
        },
        { id: 2, card: { places: [], reasons: ["later"] } },
    ];
}

class DentalSlotFinder extends models.Model {
    _name = "dental.slot.finder";

    patient_id = fields.Many2one({ relation: "dental.patient" });
    type_id = fields.Many2one({ relation: "dental.patient" });
    note = fields.Char();
    proposal_ids = fields.One2many({ relation: "dental.slot.proposal" });

    _records = [{ id: 1, patient_id: 7, type_id: 7, proposal_ids: [1, 2] }];
    _views = {
        form: `<form>
            <widget name="dental_before_booking"/>
            <field name="patient_id"/>
            <field name="type_id"/>
            <field name="note"/>
            <field name="proposal_ids" widget="dental_slot_cards" readonly="1">
                <list><field name="card"/></list>
            </field>
        </form>`,
    };
}

defineMailModels();
defineModels([DentalPatient, DentalSlotProposal, DentalSlotFinder]);

const LINES = [
    { key: "no_booking", level: "stop", text: "Not to be booked: three missed" },
    { key: "coming", level: "info", text: "Booked already", model: "dental.patient", res_id: 9 },
];

function mount() {
    onRpc("dental.patient", "before_booking", ({ args }) => {
        expect.step(args);
        return { lines: LINES };
    });
    return mountView({ type: "form", resModel: "dental.slot.finder", resId: 1 });
}

describe.current.tags("desktop");

test("the strip asks once and shows its lines in order", async () => {
    await mount();
    expect.verifySteps([[[7], 7, false]]);
    expect(queryAllTexts("[data-line]")).toEqual([
        "Not to be booked: three missed",
        "Booked already",
    ]);
    expect("[data-line=no_booking]").toHaveClass("text-bg-danger");
    expect("[data-line=no_booking] i").toHaveAttribute("aria-label", "Stop");
});

test("a line opens what it tells of", async () => {
    mockService("action", { doAction: (action) => expect.step(action.res_id) });
    await mount();
    await contains("[data-line=coming] a").click();
    expect.verifySteps([[[7], 7, false], 9]);
});

test("a card says when, where and why, and its key books it once", async () => {
    mockService("action", { doAction: (action) => expect.step(action) });
    onRpc("dental.slot.proposal", "action_book", ({ args }) => {
        expect.step(args[0]);
        return "booked";
    });
    await mount();
    expect.verifySteps([[[7], 7, false]]);
    expect(".o_dental_slot_card").toHaveCount(2);
    expect(".o_dental_slot_card[data-key='1']").toHaveText(/Tue, Mar 3.*Dr\. Ortiz · Chair 1/s);
    expect(".o_dental_slot_card[data-key='1'] .small").toHaveText(
        "fits 40 minutes · leaves no hole"
    );
    await press("2");
    await animationFrame();
    expect.verifySteps([[2], "booked"]);
});

test("typing a digit into a field books nothing", async () => {
    onRpc("dental.slot.proposal", "action_book", () => expect.step("booked"));
    await mount();
    await contains("[name=note] input").click();
    await press("1");
    expect.verifySteps([[[7], 7, false]]);
});

test("a place that was just taken is told, and the cards stay", async () => {
    mockService("notification", { add: (message) => expect.step(message) });
    onRpc("dental.slot.proposal", "action_book", () => {
        throw makeServerError({ type: "UserError", message: "The chair is taken" });
    });
    await mount();
    await contains(".o_dental_slot_card[data-key='1']").click();
    expect.verifySteps([[[7], 7, false], "The chair is taken"]);
    expect(".o_dental_slot_card").toHaveCount(2);
});
