import { Component } from "@odoo/owl";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { formatTime } from "../wait_clock/moments";

/** Empty time of a chair, and the button that looks for somebody who fits. */
export class TodayHole extends Component {
    static template = "dental_coordinator.TodayHole";
    static props = {
        hole: Object,
        selected: Boolean,
        mayFill: Boolean,
        onSelect: Function,
        onFill: Function,
    };

    get from() {
        return formatTime(deserializeDateTime(this.props.hole.start));
    }

    get words() {
        return _t("hole %s min", this.props.hole.minutes);
    }

    get fits() {
        const { fits } = this.props.hole;
        return fits ? _t("%s fit", fits) : "";
    }

    get details() {
        return [this.props.hole.chair, ...this.props.hole.providers].join(" · ");
    }
}
