import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { press, queryAllTexts } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, mockDate } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineActions,
    defineModels,
    defineParams,
    fields,
    makeServerError,
    models,
    mountWebClient,
    onRpc,
    serverState,
} from "@web/../tests/web_test_helpers";

class DentalPatient extends models.Model {
    _name = "dental.patient";

    number = fields.Char();

    _records = [
        { id: 1, number: "P00001" },
        { id: 2, number: "P00002" },
    ];
    _views = { form: `<form><field name="number"/></form>` };
}

class DentalBreakGlass extends models.Model {
    _name = "dental.break.glass";

    patient_number = fields.Char();

    _views = { form: `<form><field name="patient_number"/></form>` };
}

defineMailModels();
defineModels([DentalPatient, DentalBreakGlass]);
defineActions([
    {
        id: 501,
        xml_id: "dental_coordinator.dental_break_glass_action",
        name: "Open a restricted file",
        res_model: "dental.break.glass",
        views: [[false, "form"]],
        target: "new",
    },
]);
defineParams({ lang_parameters: { date_format: "%m/%d/%Y", time_format: "%H:%M:%S" } });

const MARTA = {
    id: 1,
    number: "P00001",
    name: "Marta Kowalski",
    birth_date: "1992-05-04",
    phone: "+1 503 555 0134",
    restricted: false,
    visit: { start: "2026-03-02 10:20:00", status: "scheduled" },
};
const ANA = {
    id: 2,
    number: "P00002",
    name: "Ana Lund",
    birth_date: false,
    phone: false,
    restricted: false,
    visit: false,
};
const HIDDEN = {
    id: 3,
    number: "P00003",
    name: "Restricted file",
    birth_date: false,
    phone: false,
    restricted: true,
    visit: false,
};

let recent, found;
beforeEach(() => {
    mockDate("2026-03-02 09:00:00", 0);
    serverState.userContext = { dental_names: true };
    recent = [ANA];
    found = [MARTA, ANA, HIDDEN];
    onRpc("dental.patient", "recent", () => expect.step("recent") || recent);
    onRpc("dental.patient", "find", ({ args }) => expect.step(["find", ...args]) || found);
});

async function openSearch() {
    await mountWebClient();
    await press(["alt", "shift", "f"]);
    await animationFrame();
    expect.verifySteps(["recent"]);
}

async function type(text) {
    await contains(".o_dental_find_patient input").edit(text, { confirm: false });
    await advanceTime(250);
    await animationFrame();
}

function names() {
    return queryAllTexts(".o_dental_found .fw-bold");
}

describe.current.tags("desktop");

test("the key opens it from anywhere, once, with the files opened last", async () => {
    await openSearch();
    expect(".o_dental_find_patient input").toBeFocused();
    expect(names()).toEqual(["Ana Lund"]);
    await press(["alt", "shift", "f"]);
    await animationFrame();
    expect(".o_dental_find_patient").toHaveCount(1);
    await press("Escape");
    await animationFrame();
    expect(".o_dental_find_patient").toHaveCount(0);
    await contains(".o_dental_find_patient_menu button").click();
    expect(".o_dental_find_patient").toHaveCount(1);
    expect.verifySteps(["recent"]);
});

test("others than the dental team have neither icon nor key", async () => {
    serverState.userContext = {};
    await mountWebClient();
    expect(".o_dental_find_patient_menu").toHaveCount(0);
    await press(["alt", "shift", "f"]);
    await animationFrame();
    expect(".o_dental_find_patient").toHaveCount(0);
});

test("one request a pause, and rows that tell people apart", async () => {
    await openSearch();
    await contains(".o_dental_find_patient input").edit("ko", { confirm: false });
    await contains(".o_dental_find_patient input").edit("kow", { confirm: false });
    expect.verifySteps([]);
    await advanceTime(250);
    await animationFrame();
    expect.verifySteps([["find", "kow"]]);
    expect(names()).toEqual(["Marta Kowalski", "Ana Lund", "Restricted file"]);
    expect(".o_dental_found:first .small").toHaveText(
        "P00001 · born May 4, 1992 · +1 503 555 0134"
    );
    expect(".o_dental_found:first .badge").toHaveText("today 10:20");
});

test("a birth date is read as the user's language writes it", async () => {
    await openSearch();
    await type("kow 05/04/1992");
    await type("1992-05-04");
    await type("503-555-0134");
    expect.verifySteps([
        ["find", "kow 1992-05-04"],
        ["find", "1992-05-04"],
        ["find", "503-555-0134"],
    ]);
});

test("Enter opens the first one at once", async () => {
    await openSearch();
    await type("kow");
    await press("Enter");
    await animationFrame();
    expect(".o_dental_find_patient").toHaveCount(0);
    expect(".o_form_view .o_field_widget[name=number] input").toHaveValue("P00001");
    expect.verifySteps([["find", "kow"]]);
});

test("in the list B books", async () => {
    onRpc("dental.patient", "action_book", ({ args }) => {
        expect.step(["book", ...args]);
        return {
            type: "ir.actions.act_window",
            res_model: "dental.patient",
            res_id: 2,
            views: [[false, "form"]],
        };
    });
    await openSearch();
    await type("a");
    await press("ArrowDown");
    expect(".o_dental_found:eq(0) .o_dental_found_open").toBeFocused();
    await press("ArrowDown");
    await animationFrame();
    expect(".o_dental_found:eq(1)").toHaveClass("o_selected");
    await press("b");
    await animationFrame();
    expect.verifySteps([
        ["find", "a"],
        ["book", [2]],
    ]);
    expect(".o_form_view .o_field_widget[name=number] input").toHaveValue("P00002");
});

test("in the list C checks in, while typing Alt+C does", async () => {
    onRpc("dental.patient", "action_check_in", ({ args }) => expect.step(args) || true);
    await openSearch();
    await type("c");
    expect(".o_dental_find_patient").toHaveCount(1);
    await press(["alt", "c"]);
    await animationFrame();
    expect.verifySteps([["find", "c"], [[1]]]);
    expect(".o_dental_find_patient").toHaveCount(0);
    expect(".o_notification").toHaveText("Marta Kowalski has arrived.");
});

test("a refused check-in keeps the search open", async () => {
    onRpc("dental.patient", "action_check_in", () => {
        throw makeServerError({
            type: "UserError",
            message: "P00002: no visit of today waits for an arrival. Book one first.",
        });
    });
    await openSearch();
    expect(".o_dental_found_check_in").toHaveCount(0);
    await press("ArrowDown");
    await press("c");
    await animationFrame();
    expect(".o_notification .o_notification_content").toHaveText(/Book one first/);
    expect(".o_dental_find_patient").toHaveCount(1);
});

test("a letter typed in the list goes on with the search", async () => {
    await openSearch();
    await press("ArrowDown");
    expect(".o_dental_found_open").toBeFocused();
    await press("k");
    expect(".o_dental_find_patient input").toBeFocused();
});

test("up from the first row is back in the field", async () => {
    await openSearch();
    await press("ArrowDown");
    await press("ArrowUp");
    expect(".o_dental_find_patient input").toBeFocused();
});

test("a restricted file is asked for, not booked", async () => {
    recent = [HIDDEN];
    await openSearch();
    expect(names()).toEqual(["Restricted file"]);
    expect(".o_dental_found_book").toHaveCount(0);
    await press(["alt", "b"]);
    await press(["alt", "c"]);
    await animationFrame();
    expect(".o_dental_find_patient").toHaveCount(1);
    await press("Enter");
    await animationFrame();
    expect(".o_dialog .o_field_widget[name=patient_number] input").toHaveValue("P00003");
});

test("where nothing is found, who may do so starts a file", async () => {
    found = [];
    onRpc("has_access", ({ model, args }) => {
        expect.step([model, ...args]);
        return true;
    });
    await openSearch();
    await type("nobody");
    expect.verifySteps([
        ["find", "nobody"],
        ["dental.patient", [], "create"],
    ]);
    await contains(".o_dental_find_patient button:contains(New file)").click();
    expect(".o_form_view .o_field_widget[name=number] input").toHaveValue("");
});
