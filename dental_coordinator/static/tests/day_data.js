import { models } from "@web/../tests/web_test_helpers";

/** A day as the server tells it to Today and the boards beside it. Nothing here is a test. */

export const FRAME = {
    day: "2026-03-02",
    now: "2026-03-02 09:00:00",
    changes_at: "2026-03-03 00:00:00",
    warn_after: 10,
    late_after: 20,
    may_move: true,
    counters: [],
};

export function visitRow(id, patient, status, vals = {}) {
    return {
        id,
        number: `APT/${id}`,
        patient_id: id,
        patient,
        type: "Exam",
        provider: "Dr. Ortiz",
        chair_id: 1,
        chair: "Chair 1",
        status,
        start: "2026-03-02 09:00:00",
        stop: "2026-03-02 09:40:00",
        arrived_at: false,
        seated_at: false,
        is_new: false,
        late: false,
        flags: [],
        usual: "arrive",
        steps: ["arrive"],
        breaks: ["missed"],
        ...vals,
    };
}

/** Models of which a screen only calls methods. */
export function calledModels(...names) {
    return names.map(
        (name) =>
            class extends models.Model {
                _name = name;
            }
    );
}
