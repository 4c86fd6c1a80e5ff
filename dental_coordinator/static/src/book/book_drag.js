import { onWillUnmount, useExternalListener } from "@odoo/owl";

const THRESHOLD = 4; // pixels until a press becomes a drag
const EDGE = 40; // pixels from the edge at which the book scrolls along
const STEP = 14;

/** Follows the pointer over the columns of the book: what is dragged, from where, to where. */
class PointerDrag {
    constructor(book) {
        this.book = book;
        this.press = null;
        this.drag = null;
    }

    begin(ev, what) {
        if (ev.button === 0 && !this.press) {
            const grabbed = this.grabbedAt(ev, what);
            this.press = { ...what, x: ev.clientX, y: ev.clientY, grabbed };
        }
    }

    /** How many minutes below its beginning a card was taken. */
    grabbedAt(ev, what) {
        const column = this.columnAt(ev.clientX);
        return column && what.kind === "move" && what.column
            ? this.minuteAt(column, ev.clientY) - what.from
            : 0;
    }

    columnAt(x) {
        const scroller = this.book.scroller();
        return [...(scroller?.querySelectorAll(".o_dental_book_column") || [])].find((column) => {
            const { left, right } = column.getBoundingClientRect();
            return x >= left && x < right;
        });
    }

    minuteAt(column, y) {
        const { from, scale } = this.book.layout();
        return from + (y - column.getBoundingClientRect().top) / scale;
    }

    snap(minute) {
        const { slot } = this.book.layout();
        return Math.floor(minute / slot + 0.0001) * slot;
    }

    place(ev) {
        const { kind, card } = this.press;
        return kind === "move"
            ? { kind, card, ...this.movedTo(ev) }
            : { kind, card, overTray: false, ...this.stretchedTo(ev) };
    }

    movedTo(ev) {
        const { from, to, grabbed } = this.press;
        const overTray =
            ev.target instanceof Element && Boolean(ev.target.closest(".o_dental_book_tray"));
        const column = !overTray && this.isInside(ev) && this.columnAt(ev.clientX);
        if (!column) {
            return { overTray, column: null, from, to };
        }
        const { slot } = this.book.layout();
        const start = this.snap(this.minuteAt(column, ev.clientY) - grabbed + slot / 2);
        return { overTray, column: column.dataset.column, from: start, to: start + to - from };
    }

    stretchedTo(ev) {
        const { from, column } = this.press;
        const { slot } = this.book.layout();
        const own = this.book.scroller().querySelector(`[data-column="${column}"]`);
        const end = this.snap(this.minuteAt(own, ev.clientY)) + slot;
        return { column, from, to: Math.max(end, from + slot) };
    }

    isInside(ev) {
        const { top, bottom } = this.book.scroller().getBoundingClientRect();
        return ev.clientY >= top && ev.clientY <= bottom;
    }

    scrollAlong(ev) {
        const scroller = this.book.scroller();
        const { top, bottom } = scroller.getBoundingClientRect();
        if (ev.clientY > bottom - EDGE && ev.clientY < bottom + EDGE) {
            scroller.scrollTop += STEP;
        } else if (ev.clientY < top + EDGE && ev.clientY > top - EDGE) {
            scroller.scrollTop -= STEP;
        }
    }

    onMove(ev) {
        if (!this.press) {
            return;
        }
        const { x, y } = this.press;
        if (this.drag || Math.hypot(ev.clientX - x, ev.clientY - y) > THRESHOLD) {
            ev.preventDefault();
            this.scrollAlong(ev);
            this.drag = this.place(ev);
            this.book.onDrag(this.drag);
        }
    }

    onUp() {
        const dropped = this.drag;
        this.press = this.drag = null;
        if (dropped) {
            this.book.onDrop(dropped);
        }
    }

    onKeydown(ev) {
        if (ev.key === "Escape" && this.drag) {
            ev.stopPropagation();
            ev.preventDefault();
            this.cancel();
        }
    }

    cancel() {
        const had = this.drag;
        this.press = this.drag = null;
        if (had) {
            this.book.onDragEnd();
        }
    }
}

/**
 * Dragging in the book: a card to another place, its lower edge, an empty stretch, a visit of the
 * tray. Says where it is; what it means is the book's.
 *
 * @param {Object} book
 * @param {() => HTMLElement} book.scroller what scrolls, with the columns in it
 * @param {() => import("./book_layout").BookLayout} book.layout
 * @param {(drag: Object) => void} book.onDrag with {kind, card, column (key), from, to, overTray}
 * @param {(drag: Object) => void} book.onDrop
 * @param {() => void} book.onDragEnd nothing is dragged any more, and nothing was dropped
 * @returns {PointerDrag} whose `begin(ev, {kind, card, column, from, to})` is called on a press
 */
export function useBookDrag(book) {
    const drag = new PointerDrag(book);
    useExternalListener(window, "pointermove", (ev) => drag.onMove(ev));
    useExternalListener(window, "pointerup", () => drag.onUp());
    useExternalListener(window, "pointercancel", () => drag.cancel());
    useExternalListener(window, "keydown", (ev) => drag.onKeydown(ev), { capture: true });
    onWillUnmount(() => drag.cancel());
    return drag;
}
