import { Component } from "@odoo/owl";
import { CROSS, VIEW_BOX, roots, surfaces } from "./tooth_shapes";
import { fillOf, paint, statusOf } from "./statuses";

/** One drawn tooth: its parts take a click, the whole takes the keyboard's focus. */
export class Tooth extends Component {
    static template = "dental_coordinator.Tooth";
    static props = {
        tooth: Object,
        entries: Array,
        selected: { type: [Array, { value: false }] },
        focusable: Boolean,
        onToggle: Function,
        onFocus: Function,
    };
    viewBox = VIEW_BOX;
    cross = CROSS;
    fillOf = fillOf;

    get painted() {
        return paint(this.props.entries, this.props.tooth);
    }

    get surfaces() {
        const painted = this.painted;
        const selected = this.props.selected || [];
        return surfaces(this.props.tooth).map((surface) => ({
            ...surface,
            status: painted[surface.letter] || "none",
            selected: selected.includes(surface.letter),
        }));
    }

    get roots() {
        return roots(this.props.tooth);
    }

    get isGone() {
        return this.props.entries.some((entry) => entry.status === "missing");
    }

    get isSelected() {
        return this.props.selected !== false;
    }

    /** What a screen reader says: number, name, and what is on it. */
    get label() {
        const { tooth, entries, selected } = this.props;
        const told = entries.map((entry) => `${statusOf(entry.status).word}: ${entry.text}`);
        const chosen = selected && selected.length ? [selected.join("")] : [];
        return [`${tooth.label} ${tooth.name}`, ...chosen, ...told].join(", ");
    }
}
