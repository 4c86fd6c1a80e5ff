import { expect, test } from "@odoo/hoot";
import { advanceTime, mockDate } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";

class Visit extends models.Model {
    _name = "visit";

    arrived = fields.Datetime();

    _records = [
        { id: 1, arrived: "2026-03-02 08:00:00" },
        { id: 2, arrived: false },
    ];
    _views = {
        form: `<form>
            <field name="arrived" widget="dental_wait_clock" options="{'warn_after': 5, 'late_after': 15}"/>
        </form>`,
    };
}
defineMailModels();
defineModels([Visit]);

test("a wait becomes long and too long, in words and in colour", async () => {
    mockDate("2026-03-02 08:03:00", 0);
    await mountView({ type: "form", resModel: "visit", resId: 1 });
    expect(".o_dental_wait_clock").toHaveText("3 min");
    expect(".o_dental_wait_clock").not.toHaveClass("text-warning");
    await advanceTime(4 * 60_000);
    expect(".o_dental_wait_clock").toHaveText("7 min long");
    expect(".o_dental_wait_clock").toHaveClass("text-warning");
    await advanceTime(8 * 60_000);
    expect(".o_dental_wait_clock").toHaveText("15 min too long");
    expect(".o_dental_wait_clock").toHaveClass("text-danger");
    await advanceTime(110 * 60_000);
    expect(".o_dental_wait_clock").toHaveText("2 h 05 too long");
});

test("a moment in the future, as of a clock that is wrong, is no wait", async () => {
    mockDate("2026-03-02 07:58:00", 0);
    await mountView({ type: "form", resModel: "visit", resId: 1 });
    expect(".o_dental_wait_clock").toHaveText("0 min");
});

test("who has not arrived does not wait", async () => {
    await mountView({ type: "form", resModel: "visit", resId: 2 });
    expect(".o_dental_wait_clock").toHaveCount(0);
});
