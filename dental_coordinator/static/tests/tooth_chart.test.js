import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { click, press, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { makeServerError } from "@web/../tests/_framework/mock_server/mock_server_utils";
import { entriesOn, paint } from "@dental_coordinator/tooth_chart/statuses";
import { surfacePlaces, surfaces } from "@dental_coordinator/tooth_chart/tooth_shapes";

class DentalPatient extends models.Model {
    _name = "dental.patient";
    name = fields.Char();
    tooth = fields.Char();
    _records = [{ id: 7, name: "P00007", tooth: "36" }];
    _views = {
        form: `<form><field name="name"/><widget name="dental_tooth_chart"/></form>`,
    };
}

const ROWS = {
    upper: "18 17 16 15 14 13 12 11 21 22 23 24 25 26 27 28",
    lower: "48 47 46 45 44 43 42 41 31 32 33 34 35 36 37 38",
};
const PRIMARY_ROWS = {
    upper: "55 54 53 52 51 61 62 63 64 65",
    lower: "85 84 83 82 81 71 72 73 74 75",
};

function makeTooth(tooth, arch, primary) {
    const front = Number(tooth[1]) <= 3;
    return {
        tooth,
        label: tooth,
        name: `name of ${tooth}`,
        arch,
        primary,
        right: "1458".includes(tooth[0]),
        surfaces: front ? "MIDFL" : "MODBL",
    };
}

function makeTeeth(rows, primary) {
    return Object.entries(rows).flatMap(([arch, row]) =>
        row.split(" ").map((tooth) => makeTooth(tooth, arch, primary))
    );
}

const TEETH = [...makeTeeth(ROWS, false), ...makeTeeth(PRIMARY_ROWS, true)];

function makeEntry(tooth, parts, status, more = {}) {
    return {
        key: `entry-${tooth}-${status}`,
        model: "dental.chart.entry",
        id: 1,
        tooth,
        site: `${tooth} ${parts.filter((part) => part.length === 1).join("")}`.trim(),
        parts,
        status,
        text: `${status} thing`,
        note: "",
        date: "2026-01-01",
        date_to: false,
        provider: "",
        ...more,
    };
}

let chart;

beforeEach(() => {
    chart = {
        notation: "fdi",
        dentition: "permanent",
        may_edit: true,
        teeth: TEETH,
        findings: [
            ["filling", "Filling"],
            ["crown", "Crown"],
        ],
        entries: [
            makeEntry("16", ["M", "O"], "existing"),
            makeEntry("36", ["crown"], "planned", {
                key: "procedure-4",
                model: "dental.procedure",
                date: "2026-02-01",
            }),
            makeEntry("48", ["tooth"], "missing", { date: "2025-01-01" }),
        ],
        today: "2026-03-02",
    };
    onRpc("dental.patient", "chart_data", () => chart);
});

defineMailModels(); // the web client of a database with mail asks for its models
defineModels([DentalPatient]);

const tooth = (code) => `[data-tooth="${code}"]`;
const part = (code, name) => `${tooth(code)} [data-part="${name}"]`;

async function mountChart() {
    await mountView({ type: "form", resModel: "dental.patient", resId: 7 });
}

async function clickPart(code, name) {
    queryOne(part(code, name)).dispatchEvent(new MouseEvent("click", { bubbles: true }));
    await animationFrame();
}

describe("shapes", () => {
    test("mesial faces the midline and the outer side faces outward", () => {
        const [upperRight, upperLeft] = [makeTooth("16", "upper"), makeTooth("26", "upper")];
        expect(surfacePlaces(upperRight)).toEqual({
            top: "B",
            bottom: "L",
            left: "D",
            right: "M",
            centre: "O",
        });
        expect(surfacePlaces(upperLeft)).toMatchObject({ left: "M", right: "D" });
        expect(surfacePlaces(makeTooth("31", "lower"))).toEqual({
            top: "L",
            bottom: "F",
            left: "M",
            right: "D",
            centre: "I",
        });
    });

    test("each surface is drawn once", () => {
        for (const drawn of TEETH) {
            const letters = surfaces(drawn).map((surface) => surface.letter);
            expect(letters.sort().join("")).toBe([...drawn.surfaces].sort().join(""));
        }
    });

    test("the most urgent status hides the others on the same part", () => {
        const entries = [
            makeEntry("16", ["crown"], "existing"),
            makeEntry("16", ["O"], "planned"),
            makeEntry("16", ["M"], "watch"),
        ];
        expect(paint(entries, makeTooth("16", "upper"))).toEqual({
            M: "watch",
            O: "planned",
            D: "existing",
            B: "existing",
            L: "existing",
        });
    });

    test("a day shows what held on it", () => {
        const ended = makeEntry("16", ["O"], "existing", { date_to: "2026-02-01" });
        const later = makeEntry("17", ["O"], "existing", { date: "2026-03-01" });
        const on = (day) => entriesOn([ended, later], day).map((entry) => entry.tooth);
        expect(on("2026-01-31")).toEqual(["16"]);
        expect(on("2026-02-01")).toEqual([]);
        expect(on("")).toEqual(["17"]);
    });
});

describe("chart", () => {
    test("both arches with what is on each tooth, in pattern and in words", async () => {
        await mountChart();
        expect(".o_dental_tooth").toHaveCount(32);
        expect(queryAllTexts(".o_row_of_teeth.o_upper .o_label")).toEqual(ROWS.upper.split(" "));
        expect(queryAllTexts(".o_row_of_teeth.o_lower .o_label")).toEqual(ROWS.lower.split(" "));
        expect(part("16", "M")).toHaveAttribute("fill", "url(#o_dental_existing)");
        expect(part("16", "D")).toHaveAttribute("fill", "var(--body-bg)");
        expect(part("36", "B")).toHaveAttribute("fill", "url(#o_dental_planned)");
        expect(tooth("48")).toHaveClass("o_gone");
        expect(`${tooth("48")} .o_cross_missing`).toHaveCount(1);
        expect(tooth("36")).toHaveAttribute("aria-label", "36 name of 36, Planned: planned thing");
        for (const pattern of ["existing", "planned", "done", "watch"]) {
            expect(`pattern#o_dental_${pattern}`).toHaveCount(1);
        }
    });

    test("mixed shows both sets, primary only the primary one", async () => {
        await mountChart();
        await contains("button:contains(Mixed)").click();
        expect(".o_dental_tooth").toHaveCount(52);
        await contains("button:contains(Primary)").click();
        expect(queryAllTexts(".o_label")).toEqual(
            `${PRIMARY_ROWS.upper} ${PRIMARY_ROWS.lower}`.split(" ")
        );
    });

    test("clicked surfaces are entered on all chosen teeth", async () => {
        onRpc("dental.patient", "chart_add", ({ args }) => {
            expect.step(args);
            chart = { ...chart, entries: [...chart.entries, makeEntry("26", ["O"], "existing")] };
            return chart;
        });
        await mountChart();
        await clickPart("26", "D");
        await clickPart("26", "O");
        await clickPart("27", "root");
        expect(tooth("26")).toHaveAttribute("aria-selected", "true");
        expect(".o_add").toHaveText("Add 26 OD, 27");
        await contains(".o_finding").select("crown");
        await contains(".o_add").click();
        expect.verifySteps([
            [
                [7],
                {
                    status: "existing",
                    finding: "crown",
                    code_id: false,
                    sites: [
                        { tooth: "26", surfaces: "OD" },
                        { tooth: "27", surfaces: "" },
                    ],
                },
            ],
        ]);
        expect(part("26", "O")).toHaveAttribute("fill", "url(#o_dental_existing)");
        expect("[aria-selected=true]").toHaveCount(0);
    });

    test("typing a tooth and Enter enters it; what the server refuses is said beside", async () => {
        onRpc("dental.patient", "chart_add", ({ args }) => {
            expect.step(args[1].text);
            if (args[1].text === "39 mo") {
                throw makeServerError({ message: "'39' is not a tooth" });
            }
            return chart;
        });
        await mountChart();
        await contains(".o_site").edit("39 mo", { confirm: false });
        await press("Enter");
        await animationFrame();
        expect(".o_error").toHaveText("'39' is not a tooth");
        expect(".o_site").toHaveValue("39 mo");
        await contains(".o_site").edit("36 mo", { confirm: false });
        await press("Enter");
        await animationFrame();
        expect(".o_error").toHaveCount(0);
        expect(".o_site").toHaveValue("");
        expect(".o_site").toBeFocused();
        expect.verifySteps(["39 mo", "36 mo"]);
    });

    test("the keyboard reaches every tooth and its surfaces", async () => {
        await mountChart();
        expect(".o_dental_tooth[tabindex='0']").toHaveCount(1);
        await click(tooth("18"));
        queryOne(tooth("18")).focus();
        for (const [key, focused] of [
            ["ArrowRight", "17"],
            ["ArrowDown", "47"],
            ["End", "38"],
            ["ArrowUp", "28"],
            ["Home", "18"],
            ["ArrowLeft", "18"],
        ]) {
            await press(key);
            await animationFrame();
            expect(tooth(focused)).toBeFocused({ message: `${key} to ${focused}` });
        }
        await press("End");
        await press("m");
        await press("o");
        await animationFrame();
        expect(".o_add").toHaveText("Add 28 MO");
        await press("m");
        await animationFrame();
        expect(".o_add").toHaveText("Add 28 O");
        await press("Escape");
        await press(" ");
        await animationFrame();
        expect(".o_add").toHaveText("Add 28");
    });

    test("the list follows the chosen tooth, and a mistake is taken out", async () => {
        onRpc("dental.patient", "chart_mistake", ({ args }) => {
            expect.step(args);
            chart = { ...chart, entries: chart.entries.slice(1) };
            return chart;
        });
        await mountChart();
        expect(".o_entries tr").toHaveCount(3);
        await clickPart("16", "root");
        expect(".o_entries tr").toHaveCount(1);
        await contains(".o_mistake").click();
        expect.verifySteps([[[7], 1]]);
        expect(part("16", "M")).toHaveAttribute("fill", "var(--body-bg)");
    });

    test("an earlier day shows the mouth as it was", async () => {
        await mountChart();
        expect(".o_day").toHaveAttribute("max", "2");
        await contains(".o_day").edit("0", { confirm: false });
        expect(".o_entries tr").toHaveCount(1);
        expect(part("36", "B")).toHaveAttribute("fill", "var(--body-bg)");
    });

    test("who may not chart only looks", async () => {
        chart.may_edit = false;
        await mountChart();
        expect(".o_dental_tooth").toHaveCount(32);
        expect(".o_tools, .o_mistake").toHaveCount(0);
    });
});

describe("tooth field", () => {
    beforeEach(() => {
        onRpc("res.users", "dental_tooth_labels", () => ({
            notation: "universal",
            labels: { 36: "19", 37: "18", 18: "1", 55: "A" },
        }));
    });

    const mountField = () =>
        mountView({
            type: "form",
            resModel: "dental.patient",
            resId: 7,
            arch: `<form><field name="tooth" widget="dental_tooth"/></form>`,
        });

    test("shows and takes the user's notation, and stores one", async () => {
        onRpc("web_save", ({ args }) => expect.step(args[1].tooth));
        await mountField();
        expect(".o_field_widget[name=tooth] input").toHaveValue("19");
        await contains(".o_field_widget[name=tooth] input").edit("a, 18");
        await contains(".o_form_button_save").click();
        expect.verifySteps(["55, 37"]);
        expect(".o_field_widget[name=tooth] input").toHaveValue("A, 18");
    });

    test("no tooth, no saving", async () => {
        await mountField();
        await contains(".o_field_widget[name=tooth] input").edit("99");
        await animationFrame();
        expect(".o_field_widget[name=tooth]").toHaveClass("o_field_invalid");
    });
});
