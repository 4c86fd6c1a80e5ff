import { _t } from "@web/core/l10n/translation";
import { Component } from "@odoo/owl";
import { clinicTime, spanOf } from "./book_time";
import { BookCard, COMING } from "./book_card";

/** A chair of the day, or a day of the week: what is closed, blocked and booked in it. */
export class BookColumn extends Component {
    static template = "dental_coordinator.BookColumn";
    static components = { BookCard };
    static props = {
        column: Object,
        layout: Object,
        names: Function,
        now: Object,
        selectedId: { type: [Number, { value: null }] },
        liftedId: { type: [Number, { value: null }] },
        ghost: { type: [Object, { value: null }] },
        forbidden: { type: [Array, { value: null }] },
        mayResize: Boolean,
        onNote: Function,
    };

    get lines() {
        const { layout } = this.props;
        const line = layout.height(layout.slot);
        return `height:${layout.height(layout.to - layout.from)}px;--line:${line}px;--hour:${layout.height(60)}px`;
    }

    box({ from, to }) {
        const { layout } = this.props;
        return `top:${layout.top(from)}px;height:${layout.height(to - from)}px`;
    }

    /** How often kept time like this filled so far, where enough of it is past. */
    titleOf({ filled }) {
        return filled
            ? _t("It filled %(filled)s of %(pieces)s times so far", {
                  filled: filled[0],
                  pieces: filled[1],
              })
            : false;
    }

    /** The line of this minute, in the column of today. */
    get nowTop() {
        const { column, layout, now } = this.props;
        const here = now.setZone(layout.zone);
        const minute = here.hour * 60 + here.minute;
        const isToday = here.hasSame(layout.days[column.day].begin, "day");
        return isToday && minute >= layout.from && minute < layout.to ? layout.top(minute) : null;
    }

    cardProps({ card, from, to, lane, lanes }) {
        const { layout, names, selectedId, liftedId, mayResize } = this.props;
        return {
            card,
            lane,
            lanes,
            mayResize,
            name: names(card),
            time: spanOf(from, to),
            top: layout.top(from),
            height: layout.height(to - from),
            selected: card.id === selectedId,
            lifted: card.id === liftedId,
            late: this.isLate(card),
        };
    }

    isLate(card) {
        const { layout, now } = this.props;
        return (
            COMING.includes(card.status) &&
            now.diff(clinicTime(card.start, layout.zone), "minutes").minutes >
                layout.data.late_minutes
        );
    }
}
