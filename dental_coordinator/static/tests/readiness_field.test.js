import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

const ITEMS = [
    {
        check: "consent",
        key: "",
        severity: "stop",
        reason: "no consent is signed.",
        fix: "action_fix_consent",
        fix_label: "Consent",
        step: "confirmed",
    },
    {
        check: "contact",
        key: "",
        severity: "warn",
        reason: "missing on the file: phone.",
        fix: "action_open_file",
        fix_label: "Open file",
        step: "prepare",
    },
];

class DentalAppointment extends models.Model {
    _name = "dental.appointment";

    number = fields.Char();
    readiness = fields.Json();

    _records = [
        { id: 4, number: "APT/4", readiness: ITEMS },
        { id: 5, number: "APT/5", readiness: [] },
    ];
    _views = {
        form: `<form>
            <field name="number"/>
            <field name="readiness" widget="dental_readiness"/>
        </form>`,
        "form,listed": `<form>
            <field name="readiness" widget="dental_readiness" options="{'listed': true}"/>
        </form>`,
    };
}

defineMailModels();
defineModels([DentalAppointment]);
describe.current.tags("desktop");

test("the chip counts in words and opens the list with its remedies", async () => {
    await mountView({ type: "form", resModel: "dental.appointment", resId: 4 });
    expect(".o_dental_ready").toHaveText("1 stop · 1 open");
    expect(".o_dental_ready").toHaveClass("text-bg-danger");
    await contains(".o_dental_ready").click();
    expect(queryAllTexts(".o_dental_readiness li button")).toEqual(["Consent", "Open file"]);
    expect(".o_dental_readiness li:first").toHaveText(/Stop\s+no consent is signed\.\s*to confirm/);
});

test("a remedy opens, and what it changed is read afterwards", async () => {
    onRpc("dental.appointment", "action_readiness_fix", ({ args }) => {
        expect.step(args);
        return { type: "ir.actions.act_window", res_model: "x" };
    });
    onRpc("dental.appointment", "web_read", () => expect.step("read"));
    mockService("action", {
        doAction: (action, options) => {
            expect.step(action.res_model);
            options.onClose();
        },
    });
    await mountView({
        type: "form",
        resModel: "dental.appointment",
        resId: 4,
        viewId: "listed",
    });
    expect.verifySteps(["read"]);
    await contains("li[data-check=consent] button").click();
    await animationFrame();
    expect.verifySteps([[[4], "action_fix_consent"], "x", "read"]);
});

test("a visit that lacks nothing says so", async () => {
    await mountView({ type: "form", resModel: "dental.appointment", resId: 5 });
    expect(".o_dental_ready").toHaveText("Ready");
    expect(".o_dental_ready").toHaveClass("text-bg-success");
});
