import { describe, expect, test } from "@odoo/hoot";
import { manuallyDispatchProgrammaticEvent, press, queryFirst, queryOne } from "@odoo/hoot-dom";
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
import { areaBetween, moved } from "@dental_coordinator/blackout/areas";

const PAGE = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

class DentalImage extends models.Model {
    _name = "dental.image";

    number = fields.Char();

    _records = [
        { id: 7, number: "IMG/7" },
        { id: 8, number: "IMG/8" },
    ];
}

class DentalPacket extends models.Model {
    _name = "dental.packet";

    image_ids = fields.Many2many({ relation: "dental.image" });
    areas = fields.Json();

    _records = [{ id: 1, image_ids: [7, 8], areas: false }];
    _views = {
        form: `<form>
            <field name="image_ids"><list><field name="number"/></list></field>
            <field name="areas" widget="dental_blackout"/>
        </form>`,
    };
}

defineMailModels();
defineModels([DentalImage, DentalPacket]);
describe.current.tags("desktop");

async function openFirst() {
    onRpc("dental.image", "page_picture", ({ args }) => {
        expect.step(`${args[0]} page ${args[1]}`);
        return { pages: 2, src: PAGE };
    });
    onRpc("dental.packet", "web_save", ({ args }) => {
        expect.step(JSON.stringify(args[1].areas));
    });
    await mountView({ type: "form", resModel: "dental.packet", resId: 1 });
    await contains(".o_dental_blackout button:contains(IMG/7)").click();
}

/** Drag over the page between two points, in parts of its size. */
async function dragOver(from, to) {
    const sheet = queryOne(".o_dental_blackout_sheet");
    await queryOne("img", { root: sheet }).decode(); // it gives the sheet its height
    const box = sheet.getBoundingClientRect();
    const at = ({ x, y }) => ({
        button: 0,
        clientX: box.left + x * box.width,
        clientY: box.top + y * box.height,
    });
    await manuallyDispatchProgrammaticEvent(sheet, "pointerdown", at(from));
    await manuallyDispatchProgrammaticEvent(sheet, "pointermove", at(to));
    await manuallyDispatchProgrammaticEvent(sheet, "pointerup", at(to));
    await animationFrame();
}

test("an area is the part of the page between two corners", () => {
    expect(areaBetween(1, { x: 0.5, y: 0.25 }, { x: 0.25, y: 1.5 })).toEqual({
        page: 1,
        x: 0.25,
        y: 0.25,
        width: 0.25,
        height: 0.75,
    });
    expect(areaBetween(0, { x: 0.5, y: 0.5 }, { x: 0.501, y: 0.9 })).toBe(null);
    expect(moved({ x: 0.9, y: 0, width: 0.1, height: 0.1 }, 0.05, -0.05)).toEqual({
        x: 0.9,
        y: 0,
        width: 0.1,
        height: 0.1,
    });
});

test("drag marks an area, undo takes it back, save sends it", async () => {
    await openFirst();
    expect.verifySteps(["7 page 0"]);
    await dragOver({ x: 0.1, y: 0.2 }, { x: 0.5, y: 0.4 });
    expect(".o_dental_blackout_area").toHaveCount(1);
    expect(".o_dental_blackout button:contains(IMG/7) .badge").toHaveText("1");
    await dragOver({ x: 0.6, y: 0.6 }, { x: 0.9, y: 0.9 });
    expect(".o_dental_blackout_area").toHaveCount(2);
    await contains(".o_dental_blackout_undo").click();
    expect(".o_dental_blackout_area").toHaveCount(1);
    await contains(".o_form_button_save").click();
    expect.verifySteps(['{"7":[{"page":0,"x":0.1,"y":0.2,"width":0.4,"height":0.2}]}']);
});

test("keys alone: add, move, delete, undo", async () => {
    await openFirst();
    await contains(".o_dental_blackout_add").click();
    queryFirst(".o_dental_blackout_area").focus();
    await press("ArrowRight");
    await animationFrame();
    expect(queryOne(".o_dental_blackout_area").style.left).toBe("40.5%");
    queryOne(".o_dental_blackout_area").focus();
    await press("Delete");
    await animationFrame();
    expect(".o_dental_blackout_area").toHaveCount(0);
    await press(["ctrl", "z"]);
    await animationFrame();
    expect(".o_dental_blackout_area").toHaveCount(1);
    expect.verifySteps(["7 page 0"]);
});

test("each page and document has areas of its own", async () => {
    await openFirst();
    await contains(".o_dental_blackout_add").click();
    await contains("button[aria-label='Page after']").click();
    expect(".o_dental_blackout_area").toHaveCount(0);
    await contains("button[aria-label='Page before']").click();
    expect(".o_dental_blackout_area").toHaveCount(1);
    await contains(".o_dental_blackout button:contains(IMG/8)").click();
    expect(".o_dental_blackout_area").toHaveCount(0);
    expect.verifySteps(["7 page 0", "7 page 1", "7 page 0", "8 page 0"]);
});
