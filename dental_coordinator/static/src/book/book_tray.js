import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** Visits put aside, waiting for a place: drag them into the book, or drop visits here. */
export class BookTray extends Component {
    static template = "dental_coordinator.BookTray";
    static props = {
        cards: Array,
        names: Function,
        armedId: { type: [Number, { value: null }] },
        over: Boolean,
        onPress: Function,
        onArm: Function,
        onOpen: Function,
    };

    minutes(card) {
        return card.pattern.length * 10;
    }

    text(card) {
        const type = card.items.find((item) => item.key === "type")?.text || card.type || "";
        return _t("%(patient)s %(type)s %(minutes)s'", {
            patient: this.props.names(card),
            type,
            minutes: this.minutes(card),
        });
    }
}
