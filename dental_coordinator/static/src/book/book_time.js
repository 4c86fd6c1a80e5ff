const { DateTime } = luxon;
const SERVER = "yyyy-MM-dd HH:mm:ss";
export const DAY_MINUTES = 24 * 60;

/** The clinic's wall clock for a moment of the server, whatever zone the workstation is in. */
export function clinicTime(text, zone) {
    return DateTime.fromSQL(text, { zone: "utc" }).setZone(zone);
}

export function serverTime(moment) {
    return moment.toUTC().toFormat(SERVER);
}

/** Local midnight at which a day (yyyy-MM-dd) of the clinic begins. */
export function midnight(day, zone) {
    return DateTime.fromISO(day, { zone });
}

/** Minutes on the wall clock from a day's midnight to a moment, which may be of another day. */
export function minuteOf(moment, begin) {
    const days = Math.round(moment.startOf("day").diff(begin, "days").days);
    return days * DAY_MINUTES + moment.hour * 60 + moment.minute;
}

/** The moment at which the wall clock shows so many minutes after midnight. */
export function atMinute(begin, minute) {
    const days = Math.floor(minute / DAY_MINUTES);
    const rest = minute - days * DAY_MINUTES;
    return begin.plus({ days }).set({ hour: Math.floor(rest / 60), minute: rest % 60 });
}

/** A day so far away: jump("2026-03-02", { months: 3 }). */
export function jump(day, by) {
    return DateTime.fromISO(day).plus(by).toISODate();
}
