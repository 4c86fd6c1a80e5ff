import { _t } from "@web/core/l10n/translation";

/**
 * What can be on a tooth, in the order in which one hides the other when both concern the same part.
 * Each has a fill of its own and a letter, so that nothing hangs on colour alone.
 */
export const STATUSES = [
    { value: "planned", word: _t("Planned"), mark: "P" },
    { value: "watch", word: _t("Watch"), mark: "W" },
    { value: "done", word: _t("Done"), mark: "D" },
    { value: "existing", word: _t("Existing"), mark: "E" },
    { value: "missing", word: _t("Missing"), mark: "×" },
    { value: "unerupted", word: _t("Not erupted"), mark: "U" },
];

const RANK = Object.fromEntries(STATUSES.map((status, index) => [status.value, index]));

export function statusOf(value) {
    return STATUSES[RANK[value]];
}

/** The pattern a part is filled with; an attribute, because a stylesheet cannot point into the page. */
export function fillOf(value) {
    const patterns = ["planned", "watch", "done", "existing"];
    return patterns.includes(value) ? `url(#o_dental_${value})` : "var(--body-bg)";
}

/** Entries that hold on a day: begun, and not ended. No day: all that have not ended. */
export function entriesOn(entries, day) {
    return entries.filter(
        (entry) => (!day || entry.date <= day) && (!entry.date_to || (day && day < entry.date_to))
    );
}

/** The status that is drawn on each part of a tooth: {part: status}; a crown covers its surfaces. */
export function paint(entries, tooth) {
    const painted = {};
    for (const { status, parts } of entries) {
        for (const place of parts.flatMap((part) =>
            part === "crown" ? [...tooth.surfaces] : part
        )) {
            const hidden = place in painted && RANK[painted[place]] <= RANK[status];
            painted[place] = hidden ? painted[place] : status;
        }
    }
    return painted;
}
