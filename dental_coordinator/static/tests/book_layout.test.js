import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { allowTranslations, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { localization } from "@web/core/l10n/localization";
import { BookLayout, gaps, patternStrip, sideBySide } from "@dental_coordinator/book/book_layout";
import { Conflicts } from "@dental_coordinator/book/book_conflicts";
import {
    atMinute,
    clockOf,
    hourOf,
    jump,
    midnight,
    minuteOf,
    spanOf,
} from "@dental_coordinator/book/book_time";
import { card, morning, VIEW } from "./book_data";

describe.current.tags("headless");

const lanes = (...spans) =>
    sideBySide(spans.map(([from, to]) => ({ from, to }))).map((span) => [span.lane, span.lanes]);

// What the server would say of the user's language.
const twentyFour = { timeFormat: "HH:mm:ss" };
const twelve = { timeFormat: "hh:mm:ss a" };

beforeEach(() => patchWithCleanup(localization, twentyFour));

test("the clock is the one of the user's language", () => {
    expect([clockOf(480), clockOf(800), clockOf(1450)]).toEqual(["8:00", "13:20", "0:10"]);
    expect(spanOf(480, 800)).toBe("8:00–13:20");
    expect(hourOf(780)).toBe("13:00");
    patchWithCleanup(localization, twelve);
    expect([0, 480, 730, 800].map(clockOf)).toEqual([
        "12:00\u00a0AM",
        "8:00\u00a0AM",
        "12:10\u00a0PM",
        "1:20\u00a0PM",
    ]);
    expect([480, 780].map(hourOf)).toEqual(["8\u00a0AM", "1\u00a0PM"]);
    expect(spanOf(480, 580)).toBe("8:00–9:40\u00a0AM");
    expect(spanOf(690, 730)).toBe("11:30\u00a0AM–12:10\u00a0PM");
});

describe("side by side", () => {
    test("those that only touch have the whole column", () => {
        expect(lanes([0, 10], [10, 20])).toEqual([
            [0, 1],
            [0, 1],
        ]);
    });

    test("a group shares the width; a lane that is free again is used again", () => {
        expect(lanes([0, 40], [10, 20], [20, 30], [50, 60])).toEqual([
            [0, 2],
            [1, 2],
            [1, 2],
            [0, 1],
        ]);
    });

    test("three at once", () => {
        expect(lanes([0, 30], [0, 30], [0, 10]).map(([lane]) => lane)).toEqual([0, 1, 2]);
    });
});

test("gaps are what is open of a window no more", () => {
    const spans = [
        { from: 60, to: 120 },
        { from: 100, to: 180 },
    ];
    expect(gaps(spans, 0, 240)).toEqual([
        { from: 0, to: 60 },
        { from: 180, to: 240 },
    ]);
    expect(gaps([], 0, 60)).toEqual([{ from: 0, to: 60 }]);
});

test("the strip is solid where the provider is needed", () => {
    expect(patternStrip("/XX/")).toBe(
        "linear-gradient(to bottom, transparent 25%, currentColor 25%, currentColor 75%, transparent 75%)"
    );
    expect(patternStrip("//")).toBe("none");
});

describe("the clinic's clock", () => {
    const zone = "America/New_York";

    test("a day of 23 hours keeps its hours on the clock", () => {
        const begin = midnight("2026-03-08", zone);
        const nine = atMinute(begin, 9 * 60);
        expect(nine.toUTC().toFormat("HH:mm")).toBe("13:00");
        expect(minuteOf(nine, begin)).toBe(9 * 60);
    });

    test("minutes past midnight are of the next day, and back", () => {
        const begin = midnight("2026-10-31", zone); // clocks go back in the next night
        const late = atMinute(begin, 25 * 60);
        expect(late.toFormat("d H:mm")).toBe("1 1:00");
        expect(minuteOf(late, begin)).toBe(25 * 60);
    });

    test("months that have no such day end with their last", () => {
        expect(jump("2026-08-31", { months: 6 })).toBe("2027-02-28");
        expect(jump("2026-03-02", { days: -7 })).toBe("2026-02-23");
    });
});

describe("what is shown", () => {
    test("a card lies in the clinic's zone, whatever the workstation's", () => {
        const days = [{ ...morning().days[0], day: "2026-03-01" }];
        const zone = "Pacific/Honolulu";
        const view = { ...VIEW, start_hour: 18, stop_hour: 23.99 };
        const layout = new BookLayout(morning({ zone, days, view, open: {} }));
        expect(layout.spans.get(1)).toEqual({ day: 0, from: 23 * 60, to: 23 * 60 + 40 });
    });

    test("hours follow who works and who comes, so that nothing is out of sight", () => {
        const view = { ...VIEW, start_rule: "dynamic" };
        const visits = [card(1, "Early Bird", "06:30", "07:10")];
        const layout = new BookLayout(morning({ view, visits }));
        expect([layout.from, layout.to]).toEqual([6 * 60, 12 * 60]);
    });

    test("empty chairs can be left out", () => {
        const view = { ...VIEW, only_used: true };
        const layout = new BookLayout(morning({ view, open: { 1: [[]], 2: [[]] } }));
        expect(layout.columns.map((column) => column.name)).toEqual(["Chair 1", "Chair 2"]);
        const less = morning({ view, open: {}, visits: morning().visits.slice(0, 1) });
        expect(new BookLayout(less).columns.map((column) => column.name)).toEqual(["Chair 1"]);
    });
});

describe("what stands in the way", () => {
    beforeEach(() => allowTranslations());

    function met(from, column = 1, vals = {}) {
        const layout = new BookLayout(morning(vals));
        const dragged = layout.data.visits[0];
        const conflicts = new Conflicts(layout, dragged, (each) => each.patient);
        const found = conflicts.at(layout.columns[column], from, from + 40);
        return found && [String(found.why), Boolean(found.soft)];
    }

    test("whoever sits in the chair", () => {
        expect(met(600)).toEqual(["Tom Abel until 10:40", false]);
        expect(met(640)).toBe(null);
    });

    test("the provider elsewhere, but only in his own minutes", () => {
        const visits = [
            ...morning().visits.slice(0, 1),
            card(3, "Ana Lund", "11:00", "11:40", { chair_id: 1 }),
        ];
        expect(met(660, 1, { visits })).toEqual(["Dr. Ortiz is in Chair 1", false]);
        expect(met(680, 1, { visits })).toBe(null);
    });

    test("the patient elsewhere", () => {
        const visits = [
            ...morning().visits.slice(0, 1),
            card(3, "Marta Kowalski", "11:00", "11:40", { patient_id: 10, provider_id: 2 }),
        ];
        expect(met(660, 1, { visits })).toEqual(["the patient is elsewhere", false]);
    });

    test("closed time is hard, outside the hours one is warned", () => {
        const block = {
            id: 5,
            resource_id: 2,
            start: "2026-03-02 08:00:00",
            stop: "2026-03-02 09:00:00",
            name: "Service",
            color: 0,
            schedulable: false,
            kind: "closed",
            type_ids: [],
        };
        expect(met(490, 1, { blockouts: [block] })).toEqual(["Service", false]);
        expect(met(730)).toEqual(["outside working hours", true]);
    });
});
