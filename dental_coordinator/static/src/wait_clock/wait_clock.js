import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { formatMinutes, minutesBetween, useServerClock } from "./moments";

/** Minutes since a moment, with a word beside the colour, which alone says nothing to many. */
export class WaitClock extends Component {
    static template = "dental_coordinator.WaitClock";
    static props = {
        since: Object,
        now: Object,
        warnAfter: { type: Number, optional: true },
        lateAfter: { type: Number, optional: true },
    };
    static defaultProps = { warnAfter: 10, lateAfter: 20 };

    get minutes() {
        return minutesBetween(this.props.since, this.props.now);
    }

    get text() {
        return `${formatMinutes(this.minutes)} ${this.level.word}`.trim();
    }

    get level() {
        if (this.minutes >= this.props.lateAfter) {
            return { css: "text-danger fw-bold", word: _t("too long") };
        }
        if (this.minutes >= this.props.warnAfter) {
            return { css: "text-warning fw-bold", word: _t("long") };
        }
        return { css: "", word: "" };
    }
}

/** The same for a date and time of a form or list. */
export class WaitClockField extends Component {
    static template = "dental_coordinator.WaitClockField";
    static components = { WaitClock };
    static props = {
        ...standardFieldProps,
        warnAfter: { type: Number, optional: true },
        lateAfter: { type: Number, optional: true },
    };

    setup() {
        this.clock = useServerClock();
    }

    get since() {
        return this.props.record.data[this.props.name];
    }
}

registry.category("fields").add("dental_wait_clock", {
    component: WaitClockField,
    displayName: _t("Wait clock"),
    supportedTypes: ["datetime"],
    extractProps: ({ options }) => ({
        warnAfter: options.warn_after,
        lateAfter: options.late_after,
    }),
});
