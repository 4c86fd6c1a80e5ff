import { Component } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { deserializeDateTime, toLocaleDateString } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { formatMinutes, formatTime, minutesBetween } from "../wait_clock/moments";
import { WaitClock } from "../wait_clock/wait_clock";

/** What a step is called on its button, and the key that does the same. */
export const STEPS = {
    confirm: { label: _t("Confirmed"), key: "C" },
    arrive: { label: _t("Arrived"), key: "A" },
    seat: { label: _t("Seated"), key: "S" },
    treat: { label: _t("Treatment begins"), key: "T" },
    checkout: { label: _t("Checkout"), key: "O" },
    done: { label: _t("Done"), key: "D" },
};

/** Colour of a word that is worth saying of a visit. */
export function flagCss(level) {
    return { stop: "text-bg-danger", warn: "text-bg-warning" }[level] || "text-bg-info";
}

const DOINGS = {
    miss: { doing: "miss", label: _t("Missed"), key: "M" },
    expect: { doing: "expect", label: _t("Comes later"), key: "W" },
    callIn: { doing: "callIn", label: _t("Call in"), key: "I" },
    checkIn: { doing: "checkIn", label: _t("Check-in card"), key: "K" },
    gate: { doing: "gate", label: _t("What stands in the way"), key: "G" },
};
/** How somebody who waits said himself that he is here. */
const TOLD = {
    tablet: _t("at the tablet"),
    link: _t("by link"),
    outside: _t("waits outside"),
};
const COMING = ["held", "scheduled", "confirmed"];

/** One visit on the board: when, who, what for, how long, and the step that comes next. */
export class TodayRow extends Component {
    static template = "dental_coordinator.TodayRow";
    static components = { Dropdown, DropdownItem, WaitClock };
    static props = {
        row: Object,
        now: Object,
        place: String,
        selected: Boolean,
        mayMove: Boolean,
        warnAfter: Number,
        lateAfter: Number,
        onSelect: Function,
        onOpen: Function,
        onStep: Function,
        onBreak: Function,
        onBack: Function,
        onDo: Function,
    };

    moment(name) {
        return this.props.row[name] && deserializeDateTime(this.props.row[name]);
    }

    /** What stands at the left: the chair one sits in, the day of what was left, else the time. */
    get mark() {
        const { row, place } = this.props;
        if (place === "chairs") {
            return row.chair;
        }
        return place === "leftovers"
            ? toLocaleDateString(this.moment("start"))
            : formatTime(this.moment("start"));
    }

    /** What for, where and by whom; the time where the chair stands at the left. */
    get details() {
        const { row, place } = this.props;
        const time = place === "chairs" && formatTime(this.moment("start"));
        return [time, row.type, place !== "chairs" && row.chair, row.provider]
            .filter(Boolean)
            .join(" · ");
    }

    get waiting() {
        return this.props.place === "arrived" && this.moment("arrived_at");
    }

    /** Minutes in the chair of those the visit was booked for. */
    get inChair() {
        const since = this.props.place === "chairs" && this.moment("seated_at");
        if (!since) {
            return null;
        }
        const planned = minutesBetween(this.moment("start"), this.moment("stop"));
        const spent = minutesBetween(since, this.props.now);
        const over = spent > planned;
        const text = over ? _t("%s/%s min over", spent, planned) : _t("%s/%s min", spent, planned);
        return { text, over };
    }

    /** What was proposed or said of somebody who is not here yet. */
    get asked() {
        const { place } = this.props;
        const at = place === "next" && this.moment("asked_at");
        return at ? _t("asked for %s", formatTime(at)) : "";
    }

    /** The number on the hall screen, of those who wait. */
    get ticket() {
        return this.props.place === "arrived" && this.props.row.ticket;
    }

    get isCalled() {
        return this.props.place === "arrived" && Boolean(this.props.row.called_at);
    }

    get marked() {
        return this.ticket || this.told || this.isCalled;
    }

    get told() {
        return this.props.place === "arrived" ? TOLD[this.props.row.arrived_by] || "" : "";
    }

    get slip() {
        return this.props.row.slip ? this.props.row.slip.join("/") : "";
    }

    get late() {
        const { row, place, now } = this.props;
        return place === "next" && row.late
            ? _t("late %s", formatMinutes(minutesBetween(this.moment("start"), now)))
            : "";
    }

    /** What else is worth saying of where the visit stands. */
    get word() {
        const { row, place } = this.props;
        if (place === "leftovers") {
            return COMING.includes(row.status) ? _t("not closed") : _t("never left");
        }
        return place === "next" && !row.restricted && row.status !== "confirmed"
            ? _t("unconfirmed")
            : "";
    }

    get flags() {
        return this.props.row.flags.map((flag, index) => ({
            ...flag,
            index,
            css: flagCss(flag.level),
            icon: flag.level === "info" ? "fa-info-circle" : "fa-exclamation-triangle",
        }));
    }

    get usual() {
        const key = this.props.mayMove && !this.props.row.missed && this.props.row.usual;
        return key ? { step: key, ...STEPS[key] } : null;
    }

    /** What there is to do besides steps: the proposal to decide, the patient to call. */
    get doings() {
        const { row } = this.props;
        const missed = row.missed ? [DOINGS.miss, DOINGS.expect] : [];
        return [...missed, ...(row.call_in ? [DOINGS.callIn] : [])];
    }

    /** What else may be done, from the menu of the row. */
    get others() {
        const { row } = this.props;
        const coming = COMING.includes(row.status);
        const here = row.status === "arrived";
        return [
            // Whoever said himself that he is here was not asked who he is.
            ...(coming || (here && row.arrived_by) ? [DOINGS.checkIn] : []),
            ...(coming ? [DOINGS.expect] : []),
            ...(here ? [DOINGS.callIn] : []),
            DOINGS.gate,
        ];
    }

    get otherSteps() {
        return this.props.row.steps
            .filter((step) => step !== this.props.row.usual)
            .map((step) => ({ step, ...STEPS[step] }));
    }

    get label() {
        return `${this.mark} ${this.props.row.patient}, ${this.details}`;
    }
}
