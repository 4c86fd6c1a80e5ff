import { parseDate, serializeDate } from "@web/core/l10n/dates";

const DATE = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/;
const ISO = /^\d{4}-\d{2}-\d{2}$/;

/** The words of a search with dates as the server reads them: 5/4/1992 becomes 1992-05-04. */
export function serverText(text) {
    return text
        .split(/\s+/)
        .map((word) => (DATE.test(word) && !ISO.test(word) ? isoDate(word) : word))
        .join(" ");
}

function isoDate(word) {
    try {
        return serializeDate(parseDate(word));
    } catch {
        return word; // not a date after all: it may be part of a number
    }
}
