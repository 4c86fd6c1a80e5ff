/** A morning with two chairs, as the server tells it. Nothing here is a test. */

export function card(id, patient, start, stop, vals = {}) {
    const [first, last] = patient.split(" ");
    return {
        id,
        number: `APT/${id}`,
        in_tray: false,
        patient_id: id * 10,
        patient,
        initials: first[0] + last[0],
        file: `P${id}`,
        type_id: 1,
        type: "Exam",
        color: 0,
        provider_id: 1,
        chair_id: 1,
        status: "scheduled",
        start: `2026-03-02 ${start}:00`,
        stop: `2026-03-02 ${stop}:00`,
        pattern: "/XX/",
        is_new: false,
        arrived_at: false,
        seated_at: false,
        items: [{ key: "type", text: "Exam" }],
        ...vals,
    };
}

export const VIEW = {
    id: 1,
    name: "Main",
    user_id: false,
    function_key: "F1",
    layout: "day",
    slot_minutes: "10",
    start_rule: "fixed",
    start_hour: 8,
    stop_hour: 13,
    only_used: false,
    privacy: "names",
    peek: false,
    chairs: [],
    providers: [],
    items: ["type"],
};

const chair = (id) => ({
    key: `chair${id}`,
    day: 0,
    name: `Chair ${id}`,
    chair_id: id,
    provider_id: id,
    resource_id: id,
});
// Spans of each day shown.
const OPEN = [[["2026-03-02 08:00:00", "2026-03-02 12:00:00"]]];

export function morning(vals = {}) {
    return {
        now: "2026-03-02 08:00:00",
        today: "2026-03-02",
        zone: "UTC",
        layout: "day",
        view: VIEW,
        views: [
            { id: 1, name: "Main", function_key: "F1" },
            { id: 2, name: "Hygiene", function_key: "F2" },
        ],
        chairs: [1, 2].map((id) => ({ id, name: `Chair ${id}`, resource_id: id, color: 0 })),
        providers: [
            { id: 1, name: "Dr. Ortiz", resource_id: 11, color: 1, kind: "dentist" },
            { id: 2, name: "Dr. Haas", resource_id: 12, color: 2, kind: "dentist" },
        ],
        week_of: [],
        provider_id: 1,
        late_minutes: 5,
        may_book: true,
        may_move: true,
        may_resize: true,
        day: "2026-03-02",
        days: [
            {
                day: "2026-03-02",
                start: "2026-03-02 00:00:00",
                stop: "2026-03-03 00:00:00",
                closed: [],
                notes: [],
            },
        ],
        columns: [chair(1), chair(2)],
        open: { 1: OPEN, 2: OPEN },
        blockouts: [],
        visits: [
            card(1, "Marta Kowalski", "09:00", "09:40"),
            card(2, "Tom Abel", "10:00", "10:40", {
                chair_id: 2,
                provider_id: 2,
                status: "confirmed",
            }),
        ],
        tray: [],
        production: [],
        ...vals,
    };
}
