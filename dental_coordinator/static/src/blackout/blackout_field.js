import { Component, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { refusal } from "../today/refusal";
import { areaBetween, moved, placeOf, pointOn } from "./areas";

const STEP = 0.005;
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const NEW = { x: 0.4, y: 0.45, width: 0.2, height: 0.05 };

/**
 * Pages of the documents of a packet, on which areas are marked to be blacked out: drag over what
 * must not leave; arrows move the area that has the focus, Delete takes it away, Ctrl+Z undoes.
 * The Json field holds {id of a document: [{page, x, y, width, height}]}.
 */
export class BlackoutField extends Component {
    static template = "dental_coordinator.BlackoutField";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.sheet = useRef("sheet");
        this.state = useState({ image: null, page: 0, pages: 0, src: "", from: null, draft: null });
        this.past = [];
    }

    get documents() {
        return this.props.record.data.image_ids.records.map(({ resId, data }) => ({
            id: resId,
            number: data.number,
            count: this.areasOf(resId).length,
        }));
    }

    /** Every area of the page that is shown, with its place in the list of its document. */
    get shown() {
        return this.areasOf(this.state.image)
            .map((area, index) => ({ area, index, style: placeOf(area) }))
            .filter(({ area }) => area.page === this.state.page);
    }

    get draftStyle() {
        return this.state.draft && placeOf(this.state.draft);
    }

    areasOf(image) {
        return (this.props.record.data[this.props.name] || {})[image] || [];
    }

    label(position) {
        return _t("Area %(position)s: arrows move it, Delete takes it away", { position });
    }

    async open(image, page = 0) {
        try {
            const { pages, src } = await this.orm.call("dental.image", "page_picture", [
                [image],
                page,
            ]);
            Object.assign(this.state, { image, page, pages, src, from: null, draft: null });
        } catch (error) {
            this.notification.add(refusal(error), { type: "warning" });
        }
    }

    turn(by) {
        return this.open(this.state.image, this.state.page + by);
    }

    // What changes the areas

    async write(areas) {
        const all = { ...(this.props.record.data[this.props.name] || {}) };
        if (areas.length) {
            all[this.state.image] = areas;
        } else {
            delete all[this.state.image];
        }
        await this.save(all);
    }

    async save(all, remember = true) {
        if (remember) {
            this.past.push(this.props.record.data[this.props.name] || false);
        }
        const kept = Object.keys(all || {}).length ? all : false;
        await this.props.record.update({ [this.props.name]: kept });
    }

    add(area) {
        return this.write([...this.areasOf(this.state.image), area]);
    }

    /** For whoever has no mouse: an area in the middle, to be moved by arrows. */
    addInTheMiddle() {
        return this.add({ page: this.state.page, ...NEW });
    }

    remove(index) {
        return this.write(this.areasOf(this.state.image).filter((_one, at) => at !== index));
    }

    async undo() {
        if (this.past.length) {
            await this.save(this.past.pop(), false);
        }
    }

    // Mouse and keys

    onPointerDown(ev) {
        if (ev.button === 0 && !ev.target.closest(".o_dental_blackout_area")) {
            ev.preventDefault();
            this.state.from = pointOn(this.sheet.el, ev);
            this.sheet.el.focus({ preventScroll: true });
        }
    }

    onPointerMove(ev) {
        if (this.state.from) {
            const to = pointOn(this.sheet.el, ev);
            this.state.draft = areaBetween(this.state.page, this.state.from, to);
        }
    }

    async onPointerUp() {
        const { draft } = this.state;
        Object.assign(this.state, { from: null, draft: null });
        if (draft) {
            await this.add(draft);
        }
    }

    async onKeydown(ev) {
        if (ev.key === "z" && (ev.ctrlKey || ev.metaKey)) {
            ev.preventDefault();
            await this.undo();
        }
    }

    async onAreaKeydown(ev, index) {
        if (ev.key === "Delete" || ev.key === "Backspace") {
            ev.preventDefault();
            await this.remove(index);
            this.sheet.el.focus();
        } else if (STEPS[ev.key]) {
            ev.preventDefault();
            const [dx, dy] = STEPS[ev.key];
            const areas = [...this.areasOf(this.state.image)];
            areas[index] = moved(areas[index], dx * STEP, dy * STEP);
            await this.write(areas);
        }
    }
}

registry.category("fields").add("dental_blackout", {
    component: BlackoutField,
    displayName: _t("Areas to black out"),
    supportedTypes: ["json"],
});
