import { useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { Conflicts } from "./book_conflicts";
import { useBookDrag } from "./book_drag";
import { spanOf } from "./book_time";

const NOTHING = { ghost: null, forbidden: null, liftedId: null, overTray: false };

/** What dragging and clicking mean in the book: a ghost, what is in its way, and the drop. */
class Dragging {
    constructor(book, state) {
        this.book = book;
        this.state = state;
        this.conflicts = null;
        this.dropped = false; // the browser sends a click after a drop
        this.onTrayPress = this.onTrayPress.bind(this);
    }

    columnOf(key) {
        return this.book.layout.columns.find((column) => column.key === key);
    }

    clear() {
        this.conflicts = null;
        Object.assign(this.state, NOTHING);
    }

    /** While something is dragged and others change the book, what is forbidden follows. */
    refresh() {
        if (this.conflicts) {
            this.conflicts = new Conflicts(this.book.layout, this.conflicts.card, this.book.names);
            this.state.forbidden = this.state.forbidden && this.forbidden();
        }
    }

    onDrag(drag) {
        this.book.peek.close();
        if (!this.conflicts) {
            this.conflicts = new Conflicts(this.book.layout, drag.card || {}, this.book.names);
            this.state.liftedId = drag.kind === "move" ? drag.card.id : null;
            this.state.forbidden = drag.card && this.forbidden();
        }
        this.state.overTray = drag.overTray;
        this.state.ghost = drag.column ? this.ghost(drag) : null;
    }

    forbidden() {
        const taken = (column) => this.conflicts.taken(column).filter((s) => s.what !== "hours");
        return Object.fromEntries(
            this.book.layout.columns.map((column) => [column.key, taken(column)])
        );
    }

    ghost({ card, column, from, to }) {
        const met = card && this.conflicts.at(this.columnOf(column), from, to);
        const who = card ? this.book.nameOf(card) : _t("New visit");
        return {
            column,
            from,
            to,
            title: `${spanOf(from, to)} ${who}`,
            why: met?.why || "",
            soft: Boolean(met?.soft),
        };
    }

    /** The ghost stays where it was dropped until the server has answered: nothing jumps. */
    async onDrop(drag) {
        this.state.forbidden = null;
        this.dropped = true;
        try {
            await this.drop(drag);
        } finally {
            this.clear();
        }
    }

    drop({ kind, card, column, from, to, overTray }) {
        const target = this.columnOf(column);
        if (overTray && !card.in_tray) {
            return this.book.toTray(card);
        }
        if (target && kind === "create") {
            return this.book.booking.choosePlace(target, from, to - from);
        }
        if (target && this.isElsewhere(card, target, from, to)) {
            return this.book.placeCard(card, target, from, to - from);
        }
        return null;
    }

    isElsewhere(card, column, from, to) {
        const span = this.book.layout.spans.get(card.id);
        return (
            !span || span.from !== from || span.to !== to || !this.book.layout.belongs(card, column)
        );
    }

    minuteAt(ev, element) {
        return this.drag.snap(this.drag.minuteAt(element, ev.clientY));
    }

    // The pointer

    onPointerDown(ev) {
        this.dropped = false;
        const column = ev.target.closest(".o_dental_book_column");
        const element = ev.target.closest(".o_dental_book_card");
        if (!column || ev.target.closest("button")) {
            return;
        }
        if (element) {
            this.pressCard(ev, this.book.cardOf(element), column.dataset.column);
        } else if (this.book.data.may_book) {
            const from = this.minuteAt(ev, column);
            const to = from + this.book.layout.slot;
            this.drag.begin(ev, { kind: "create", column: column.dataset.column, from, to });
        }
    }

    pressCard(ev, card, column) {
        this.book.state.selectedId = card.id;
        const kind = ev.target.closest(".o_dental_book_resize") ? "resize" : "move";
        const { may_move, may_resize } = this.book.data;
        if (!card.restricted && (kind === "move" ? may_move : may_resize)) {
            this.drag.begin(ev, { kind, card, column, ...this.book.layout.spans.get(card.id) });
        }
    }

    onTrayPress(ev, card) {
        const minutes = card.pattern.length * 10;
        this.drag.begin(ev, { kind: "move", card, column: null, from: 0, to: minutes });
    }

    /** A click on a free place moves the panel's place, or puts an armed visit there. */
    onClick(ev) {
        const column = ev.target.closest(".o_dental_book_column");
        const onEmpty = column && !ev.target.closest(".o_dental_book_card, button");
        if (onEmpty && !this.dropped && (this.book.state.armedId || this.book.state.panel)) {
            const target = this.columnOf(column.dataset.column);
            this.book.booking.choosePlace(target, this.minuteAt(ev, column));
        }
    }

    onDoubleClick(ev) {
        const column = ev.target.closest(".o_dental_book_column");
        const element = ev.target.closest(".o_dental_book_card");
        if (element) {
            this.book.open(this.book.cardOf(element));
        } else if (column && this.book.data.may_book) {
            const target = this.columnOf(column.dataset.column);
            this.book.booking.choosePlace(target, this.minuteAt(ev, column));
        }
    }
}

/** @param {import("./book").Book} book */
export function useBookDragging(book) {
    const dragging = new Dragging(book, useState({ ...NOTHING }));
    dragging.drag = useBookDrag({
        scroller: () => book.root.el?.querySelector(".o_dental_book_scroll"),
        layout: () => book.layout,
        onDrag: (drag) => dragging.onDrag(drag),
        onDrop: (drag) => dragging.onDrop(drag),
        onDragEnd: () => dragging.clear(),
    });
    return dragging;
}
