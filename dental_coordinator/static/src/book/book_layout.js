/** Geometry of the book. Everything is in minutes from the midnight of its column's day. */

import { atMinute, clinicTime, DAY_MINUTES, hourOf, midnight, minuteOf } from "./book_time";

// How high a line of the book is; its minutes are the view's.
const LINE_HEIGHT = { 5: 16, 10: 20, 15: 22 };
const UNIT = 10;

/**
 * Put spans that overlap side by side: each gets a lane, and how many lanes its group has.
 *
 * @param {{ from: number, to: number }[]} spans sorted by their beginning
 */
export function sideBySide(spans) {
    let group = [];
    let end = -Infinity;
    const close = () => {
        const lanes = Math.max(0, ...group.map((span) => span.lane)) + 1;
        group.forEach((span) => (span.lanes = lanes));
        group = [];
    };
    for (const span of spans) {
        if (span.from >= end) {
            close();
            end = -Infinity;
        }
        const taken = new Set(group.filter((o) => o.to > span.from).map((o) => o.lane));
        span.lane = 0;
        while (taken.has(span.lane)) {
            span.lane++;
        }
        group.push(span);
        end = Math.max(end, span.to);
    }
    close();
    return spans;
}

/** Stretches of a pattern in which the provider is needed: [[from, to]], minutes from its start. */
export function providerStretches(pattern) {
    const found = [];
    [...(pattern || "")].forEach((unit, index) => {
        const last = found[found.length - 1];
        if (unit === "X" && last && last[1] === index * UNIT) {
            last[1] += UNIT;
        } else if (unit === "X") {
            found.push([index * UNIT, (index + 1) * UNIT]);
        }
    });
    return found;
}

/** The strip at a card's edge: solid where the provider is needed. One gradient, no elements. */
export function patternStrip(pattern) {
    const length = (pattern || "").length * UNIT;
    const percent = (minutes) => `${Math.round((1000 * minutes) / length) / 10}%`;
    const stops = providerStretches(pattern).flatMap(([from, to]) => [
        `transparent ${percent(from)}`,
        `currentColor ${percent(from)}`,
        `currentColor ${percent(to)}`,
        `transparent ${percent(to)}`,
    ]);
    return stops.length ? `linear-gradient(to bottom, ${stops.join(", ")})` : "none";
}

/** Time within a window that none of the sorted spans covers. */
export function gaps(spans, from, to) {
    const found = [];
    let at = from;
    for (const span of spans) {
        if (span.from > at) {
            found.push({ from: at, to: Math.min(span.from, to) });
        }
        at = Math.max(at, span.to);
    }
    if (at < to) {
        found.push({ from: at, to });
    }
    return found.filter((span) => span.from < span.to);
}

/** What the server sent, laid out in columns. */
export class BookLayout {
    constructor(data) {
        this.data = data;
        this.zone = data.zone;
        this.slot = Number(data.view.slot_minutes);
        this.scale = LINE_HEIGHT[this.slot] / this.slot;
        this.days = data.days.map((day) => ({ ...day, begin: midnight(day.day, data.zone) }));
        this.providers = new Map(data.providers.map((row) => [row.id, row]));
        this.chairs = new Map(data.chairs.map((row) => [row.id, row]));
        this.spans = new Map(data.visits.map((card) => [card.id, this.spanOf(card)]));
        this.columns = this.shownColumns();
        Object.assign(this, this.window());
        this.columns.forEach((column) => this.fill(column));
    }

    /** Where a card lies: the place of its day, and minutes. */
    spanOf(card) {
        const start = clinicTime(card.start, this.zone);
        const length = clinicTime(card.stop, this.zone).diff(start, "minutes").minutes;
        const day = Math.max(
            0,
            this.days.findIndex((each) => start.hasSame(each.begin, "day"))
        );
        const from = minuteOf(start, this.days[day].begin);
        return { day, from, to: from + length };
    }

    spanOn(column, row) {
        const { begin } = this.days[column.day];
        const from = minuteOf(clinicTime(row.start, this.zone), begin);
        const to = minuteOf(clinicTime(row.stop, this.zone), begin);
        return { from, to: to <= from ? from + this.slot : to };
    }

    moment(column, minute) {
        return atMinute(this.days[column.day].begin, minute);
    }

    belongs(card, column) {
        const span = this.spans.get(card.id);
        return (
            span.day === column.day &&
            (column.chair_id
                ? card.chair_id === column.chair_id
                : card.provider_id === column.provider_id)
        );
    }

    shownColumns() {
        const columns = this.data.columns.map((column) => ({
            ...column,
            cards: this.data.visits.filter((card) => this.belongs(card, column)),
            open: this.openOf(column),
        }));
        const used = columns.filter((column) => column.cards.length || column.open.length);
        return this.data.view.only_used && used.length ? used : columns;
    }

    openOf(column) {
        const spans = this.data.open[column.resource_id]?.[column.day] || [];
        return spans.map(([start, stop]) => this.spanOn(column, { start, stop }));
    }

    /** First and last minute shown: the view's hours, or when somebody works or comes. */
    window() {
        const { start_rule, start_hour, stop_hour } = this.data.view;
        const cards = [...this.spans.values()];
        let from = start_hour * 60;
        let to = stop_hour * 60;
        if (start_rule !== "fixed") {
            const open = this.columns.flatMap((column) => column.open);
            const all = [...open.filter((s) => s.to - s.from < DAY_MINUTES), ...cards];
            from = all.length ? Math.min(...all.map((s) => s.from)) : 8 * 60;
            to = all.length ? Math.max(...all.map((s) => s.to)) : 18 * 60;
        }
        // Nothing that is booked lies out of sight.
        from = Math.min(from, ...cards.map((span) => span.from));
        to = Math.max(to, ...cards.map((span) => span.to));
        return { from: Math.floor(from / 60) * 60, to: Math.ceil(to / 60) * 60 };
    }

    fill(column) {
        const placed = column.cards.map((card) => ({ card, ...this.spans.get(card.id) }));
        column.placed = sideBySide(placed);
        column.closed = gaps(column.open, this.from, this.to);
        column.blocks = this.data.blockouts
            .filter((block) => this.concerns(block, column))
            .map((block) => ({ block, ...this.cut(this.spanOn(column, block)) }))
            .filter((span) => span.from < span.to);
        column.notes = this.days[column.day].notes
            .filter((note) => note.start && note.chair_id === column.chair_id)
            .map((note) => ({ note, ...this.spanOn(column, { ...note, stop: note.start }) }));
        column.blocks.forEach((span) => (span.key = `${span.block.id}-${span.from}`));
    }

    concerns(block, column) {
        const person = this.providers.get(column.provider_id);
        return [column.resource_id, person?.resource_id].includes(block.resource_id);
    }

    cut({ from, to }) {
        return { from: Math.max(from, this.from), to: Math.min(to, this.to) };
    }

    // On the screen

    top(minute) {
        return (minute - this.from) * this.scale;
    }

    height(minutes) {
        return minutes * this.scale;
    }

    get hours() {
        const found = [];
        for (let minute = this.from; minute < this.to; minute += 60) {
            found.push({ minute, top: this.top(minute), text: hourOf(minute) });
        }
        return found;
    }
}
