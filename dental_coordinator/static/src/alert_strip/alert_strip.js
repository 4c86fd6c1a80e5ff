import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const LOOKS = {
    stop: { css: "text-bg-danger", icon: "fa-ban", word: _t("Stop and ask") },
    warn: { css: "text-bg-warning", icon: "fa-exclamation-triangle", word: _t("Warning") },
    info: { css: "text-bg-info", icon: "fa-info-circle", word: _t("Note") },
};

/** What the team must know of a patient, most serious first: a colour, a sign and a word each. */
export class AlertStrip extends Component {
    static template = "dental_coordinator.AlertStrip";
    static props = { alerts: Array };

    get alerts() {
        return this.props.alerts.map((alert) => ({ ...alert, ...LOOKS[alert.level] }));
    }

    get premedication() {
        return this.props.alerts.some((alert) => alert.premedication);
    }
}

export class AlertStripField extends Component {
    static template = "dental_coordinator.AlertStripField";
    static components = { AlertStrip };
    static props = standardFieldProps;

    get alerts() {
        return this.props.record.data[this.props.name] || [];
    }
}

registry.category("fields").add("dental_alerts", {
    component: AlertStripField,
    displayName: _t("Alerts"),
    supportedTypes: ["json"],
});
