import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { patternStrip } from "./book_layout";

/** Where a visit stands: a word and an icon, so that no colour stands alone. */
export const STATUSES = {
    planned: { word: _t("waits for a place"), icon: "fa-inbox" },
    held: { word: _t("held"), icon: "fa-hand-paper-o" },
    scheduled: { word: _t("unconfirmed"), icon: "fa-circle-o" },
    confirmed: { word: _t("confirmed"), icon: "fa-check text-success" },
    arrived: { word: _t("waits"), icon: "fa-sign-in text-info" },
    seated: { word: _t("in the chair"), icon: "fa-user text-info" },
    in_treatment: { word: _t("in treatment"), icon: "fa-stethoscope text-info" },
    checkout: { word: _t("at the desk"), icon: "fa-sign-out text-info" },
    done: { word: _t("done"), icon: "fa-check-square-o" },
    late: { word: _t("late"), icon: "fa-clock-o text-danger" },
};
export const COMING = ["held", "scheduled", "confirmed"];
const LEVELS = { stop: "text-danger fw-bold", warn: "fw-bold" };

/** One visit in its column. Where it lies is given; it only draws. */
export class BookCard extends Component {
    static template = "dental_coordinator.BookCard";
    static props = {
        card: Object,
        name: String,
        time: String,
        top: Number,
        height: Number,
        lane: Number,
        lanes: Number,
        selected: Boolean,
        late: Boolean,
        lifted: Boolean,
        mayResize: Boolean,
    };

    get status() {
        return STATUSES[this.props.late ? "late" : this.props.card.status];
    }

    get style() {
        const { top, height, lane, lanes } = this.props;
        const left = (100 * lane) / lanes;
        const width = 100 / lanes;
        return `top:${top}px;height:${height - 1}px;left:${left}%;width:calc(${width}% - 3px)`;
    }

    get strip() {
        return `background-image:${patternStrip(this.props.card.pattern)}`;
    }

    get items() {
        return this.props.card.items.map((item) => ({ ...item, css: LEVELS[item.level] || "" }));
    }

    get css() {
        const { card, selected, lifted } = this.props;
        return {
            [`o_dental_book_color_${card.color || 0}`]: !card.restricted,
            o_restricted: Boolean(card.restricted),
            o_done: card.status === "done",
            o_selected: selected,
            o_lifted: lifted,
        };
    }

    get label() {
        const { card, name, time } = this.props;
        const items = card.items.map((item) => item.text);
        return [time, name, this.status.word, ...items].filter(Boolean).join(", ");
    }
}
