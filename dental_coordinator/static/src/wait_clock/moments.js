import { onWillUnmount, useState } from "@odoo/owl";
import { localization } from "@web/core/l10n/localization";
import { toLocaleDateString } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

const { DateTime } = luxon;
const TICK = 15_000;

/**
 * The server's time, ticking: a workstation whose clock is wrong still shows the right wait.
 *
 * @returns {{ now: DateTime, setServerTime: (serverNow: DateTime) => void }}
 */
export function useServerClock() {
    let skew = 0;
    const serverNow = () => DateTime.now().plus(skew);
    const clock = useState({
        now: serverNow(),
        setServerTime(moment) {
            skew = moment.diff(DateTime.now()).toMillis();
            clock.now = serverNow();
        },
    });
    const timer = setInterval(() => (clock.now = serverNow()), TICK);
    onWillUnmount(() => clearInterval(timer));
    return clock;
}

/** Whole minutes from one moment to another, 0 when the first is the later one. */
export function minutesBetween(since, now) {
    return Math.max(0, Math.floor(now.diff(since, "minutes").minutes));
}

/** "45 min", "2 h 05": nobody reads 125 minutes at a glance. */
export function formatMinutes(minutes) {
    if (minutes < 90) {
        return _t("%s min", minutes);
    }
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
    return _t("%(hours)s h %(minutes)s", { hours, minutes: String(rest).padStart(2, "0") });
}

/** 10:20 or 8:20 AM, as the user's language writes it. */
export function formatTime(moment) {
    return moment.toFormat(localization.timeFormat.replace(/:ss/, "").replace("hh", "h"));
}

/** Whether the user's language counts twelve hours twice. */
export function isTwelveHours() {
    return localization.timeFormat.includes("a");
}

/** "today 10:20", "Thu 10:20" within a week, else the date. */
export function formatNear(moment, now = DateTime.now()) {
    const days = Math.round(moment.startOf("day").diff(now.startOf("day"), "days").days);
    if (days === 0) {
        return _t("today %s", formatTime(moment));
    }
    if (days > 0 && days < 7) {
        return `${moment.toLocaleString({ weekday: "short" })} ${formatTime(moment)}`;
    }
    return toLocaleDateString(moment);
}
