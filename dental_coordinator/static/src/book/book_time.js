import { isTwelveHours } from "../wait_clock/moments";

const { DateTime, Info } = luxon;
const SERVER = "yyyy-MM-dd HH:mm:ss";
export const DAY_MINUTES = 24 * 60;

/** A minute of the day on the clock of the user's language: 13:20, or 1:20 PM. */
export function clockOf(minute) {
    const [clock, half] = partsOf(minute);
    return half ? `${clock}\u00a0${half}` : clock;
}

/** A full hour, as short as it may be: 13:00, or 1 PM. */
export function hourOf(minute) {
    const [clock, half] = partsOf(minute);
    return half ? `${clock.replace(":00", "")}\u00a0${half}` : clock;
}

/** From one minute to another, as short as it may be: 8:00–9:40 AM. */
export function spanOf(from, to) {
    const [begin, first] = partsOf(from);
    const second = partsOf(to)[1];
    return first === second ? `${begin}–${clockOf(to)}` : `${clockOf(from)}–${clockOf(to)}`;
}

function partsOf(minute) {
    const of = ((minute % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
    const hour = Math.floor(of / 60);
    const rest = String(of % 60).padStart(2, "0");
    return isTwelveHours()
        ? [`${hour % 12 || 12}:${rest}`, Info.meridiems()[hour < 12 ? 0 : 1]]
        : [`${hour}:${rest}`, ""];
}

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
