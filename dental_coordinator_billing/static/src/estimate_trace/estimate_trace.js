import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { deserializeDate, toLocaleDateString } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { uniqueId } from "@web/core/utils/functions";
import { formatMonetary } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const FIGURES = ["fee", "allowed", "plan_amount", "write_off", "patient_amount"];

/**
 * The lines of an estimate, each with the steps that led to its figures. What a person must not
 * overlook, an assumption that nobody verified, is always shown; the steps open by mouse or keyboard.
 */
export class EstimateTrace extends Component {
    static template = "dental_coordinator_billing.EstimateTrace";
    static props = { ...standardFieldProps };

    setup() {
        this.id = uniqueId("o_dental_estimate_");
        this.figures = FIGURES;
        this.labels = {
            fee: _t("Fee"),
            allowed: _t("Allowed"),
            plan_amount: _t("Plan pays"),
            write_off: _t("Write-off"),
            patient_amount: _t("You pay"),
        };
        this.state = useState({ open: {} });
    }

    get lines() {
        return this.props.record.data[this.props.name].records;
    }

    get unknowns() {
        return this.lines.flatMap((line) =>
            (line.data.unknowns || []).map((unknown) => ({
                key: `${line.id}-${unknown.text}`,
                what: line.data.description,
                text: unknown.text,
            }))
        );
    }

    get everyOpen() {
        return this.lines.every((line) => this.state.open[line.id]);
    }

    get totals() {
        const total = (name) => this.lines.reduce((sum, line) => sum + line.data[name], 0);
        return Object.fromEntries(FIGURES.map((name) => [name, total(name)]));
    }

    /** Amount of a column, in the currency of the estimate but without its sign. */
    money(amount) {
        const currency = this.props.record.data.currency_id;
        return formatMonetary(amount, { currencyId: currency && currency.id, noSymbol: true });
    }

    /** Where a step comes from: a person's words, and the day on which they were last true. */
    origin(step) {
        const day = step.verified_on && toLocaleDateString(deserializeDate(step.verified_on));
        return [step.source, day].filter(Boolean).join(", ");
    }

    isAmount(step) {
        return typeof step.amount === "number";
    }

    toggle(line) {
        this.state.open[line.id] = !this.state.open[line.id];
    }

    toggleAll() {
        const open = !this.everyOpen;
        for (const line of this.lines) {
            this.state.open[line.id] = open;
        }
    }
}

export const estimateTrace = {
    component: EstimateTrace,
    displayName: _t("Estimate with its steps"),
    supportedTypes: ["one2many"],
    relatedFields: [
        { name: "description", type: "char" },
        ...FIGURES.map((name) => ({ name, type: "float" })),
        { name: "trace", type: "json" },
        { name: "unknowns", type: "json" },
    ],
};

registry.category("fields").add("dental_estimate_trace", estimateTrace);
