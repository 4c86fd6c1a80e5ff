import { describe, expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    defineModels,
    fields,
    MockServer,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { EVERY } from "@dental_coordinator/run_form/run_form";

class DentalClaimRun extends models.Model {
    _name = "dental.claim.run";

    state = fields.Char();
    done = fields.Integer();

    _records = [{ id: 1, state: "running", done: 2 }];
}

defineMailModels();
defineModels([DentalClaimRun]);

describe("form of work in the background", () => {
    test("looks by itself how far the work is, until it is done", async () => {
        onRpc("dental.claim.run", "web_read", () => expect.step("look"));
        await mountView({
            type: "form",
            resModel: "dental.claim.run",
            resId: 1,
            arch: `<form js_class="dental_run_form"><field name="state" readonly="1"/>
                <field name="done" readonly="1"/></form>`,
        });
        expect.verifySteps(["look"]);
        MockServer.env["dental.claim.run"].write([1], { state: "done", done: 5 });
        await advanceTime(EVERY);
        await animationFrame();
        expect.verifySteps(["look"]);
        expect("[name=done]").toHaveText("5");
        await advanceTime(3 * EVERY);
        expect.verifySteps([]);
    });
});
