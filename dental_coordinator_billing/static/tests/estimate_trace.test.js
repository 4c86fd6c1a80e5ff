import { expect, test } from "@odoo/hoot";
import { press, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";

class Line extends models.Model {
    _name = "line";
    description = fields.Char();
    fee = fields.Float();
    allowed = fields.Float();
    plan_amount = fields.Float();
    write_off = fields.Float();
    patient_amount = fields.Float();
    trace = fields.Json();
    unknowns = fields.Json();
    _records = [
        {
            id: 1,
            description: "36 Crown",
            fee: 1150,
            allowed: 920,
            plan_amount: 402,
            write_off: 230,
            patient_amount: 518,
            trace: [
                {
                    rule: "fee",
                    text: "Office fee",
                    source: "X2740",
                    verified_on: false,
                    amount: 1150,
                },
                {
                    rule: "ded",
                    text: "Deductible",
                    source: "phone",
                    verified_on: "2026-03-02",
                    amount: 50,
                },
            ],
            unknowns: [{ text: "Waiting period was never verified. Assumed none." }],
        },
        {
            id: 2,
            description: "Cleaning",
            fee: 100,
            allowed: 100,
            plan_amount: 0,
            write_off: 0,
            patient_amount: 100,
            trace: [],
            unknowns: [],
        },
    ];
}

class Estimate extends models.Model {
    _name = "estimate";
    line_ids = fields.One2many({ relation: "line" });
    _records = [{ id: 1, line_ids: [1, 2] }];
}

defineMailModels();
defineModels([Line, Estimate]);

const open = () =>
    mountView({
        type: "form",
        resModel: "estimate",
        resId: 1,
        arch: `<form><field name="line_ids" widget="dental_estimate_trace"/></form>`,
    });

test("figures and unknowns are shown at once, steps are not", async () => {
    await open();
    expect(queryAllTexts("tbody tr:first-child td:not(:last-child)")).toEqual([
        "36 Crown",
        "1,150.00",
        "920.00",
        "402.00",
        "230.00",
        "518.00",
    ]);
    expect(queryAllTexts("tfoot td")[5]).toBe("618.00");
    expect(".o_dental_unknowns li").toHaveText(
        "Unknown: 36 Crown: Waiting period was never verified. Assumed none."
    );
    expect(".o_dental_steps").toHaveCount(0);
});

test("the keyboard opens and closes the steps of a line", async () => {
    await open();
    const toggle = ".o_dental_steps_toggle:first";
    expect(toggle).toHaveAttribute("aria-expanded", "false");
    await contains(toggle).focus();
    await press("Enter");
    await animationFrame();
    expect(toggle).toHaveAttribute("aria-expanded", "true");
    expect(queryAllTexts(".o_dental_steps li")).toEqual([
        "Office fee 1,150.00 (X2740)",
        "Deductible 50.00 (phone, Mar 2, 2026)",
    ]);
    await press("Enter");
    await animationFrame();
    expect(".o_dental_steps").toHaveCount(0);
});

test("one button opens the steps of all lines", async () => {
    await open();
    await contains("thead button").click();
    expect(".o_dental_steps").toHaveCount(2);
    expect("thead button").toHaveText("Hide steps");
});
