import { Component, useState } from "@odoo/owl";
import { deserializeDate, deserializeDateTime, toLocaleDateString } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { refusal } from "../today/refusal";
import { formatNear } from "../wait_clock/moments";

const LEVELS = {
    stop: { css: "text-bg-danger", icon: "fa-exclamation-triangle", word: _t("Stop") },
    warn: { css: "text-bg-warning", icon: "fa-exclamation-circle", word: _t("Careful") },
    info: { css: "text-bg-info", icon: "fa-info-circle", word: _t("Note") },
};

/**
 * Who the patient is and what must be known of him first, on every form that is about a patient:
 * `<widget name="dental_patient_header"/>` on the file itself or beside a field `patient_id`.
 */
export class PatientHeader extends Component {
    static template = "dental_coordinator.PatientHeader";
    static props = { ...standardWidgetProps, patientField: { type: String, optional: true } };
    static defaultProps = { patientField: "patient_id" };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.answers = new KeepLast();
        this.state = useState({ data: null });
        // Each saved change of the record may change what the header says.
        useRecordObserver((record) => {
            this.show(this.patientId(record), record.data.write_date); // the form does not wait
        });
    }

    get data() {
        return this.state.data;
    }

    get isFile() {
        return this.props.record.resModel === "dental.patient";
    }

    /** A visit has its own button, for that very visit and not the first of the day. */
    get mayCheckIn() {
        return this.data.may_check_in && this.props.record.resModel !== "dental.appointment";
    }

    get who() {
        const { pronoun, age, number } = this.data;
        return [pronoun, age !== false && _t("%s years", age), number].filter(Boolean).join(" · ");
    }

    get alerts() {
        return this.data.alerts.map((alert, index) => ({
            ...alert,
            ...LEVELS[alert.level],
            index,
        }));
    }

    patientId(record) {
        return record.resModel === "dental.patient"
            ? record.resId
            : record.data[this.props.patientField]?.id;
    }

    /** "Thu 10:20 Crown, Chair 2" */
    line(fact) {
        return [this.when(fact), fact.text].filter(Boolean).join(" ");
    }

    when(fact) {
        if (fact.moment) {
            return formatNear(deserializeDateTime(fact.moment));
        }
        return fact.date && toLocaleDateString(deserializeDate(fact.date));
    }

    async show(patientId) {
        if (!patientId) {
            this.state.data = null;
            return;
        }
        try {
            this.state.data = await this.answers.add(
                this.orm.call("dental.patient", "header_data", [[patientId]])
            );
        } catch (error) {
            refusal(error); // a file of another clinic: the form says so itself
            this.state.data = null;
        }
    }

    // Doing

    openFile() {
        return this.openRecord("dental.patient", this.data.id);
    }

    openFact(fact) {
        return this.openRecord(fact.model, fact.res_id);
    }

    openRecord(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    ask() {
        return this.action.doAction("dental_coordinator.dental_break_glass_action", {
            additionalContext: { default_patient_number: this.data.number },
        });
    }

    async book() {
        const action = await this.call("action_book");
        return action && this.action.doAction(action);
    }

    async checkIn() {
        if (await this.call("action_check_in")) {
            this.notification.add(_t("%s has arrived.", this.data.name), { type: "success" });
            await this.lookAgain();
        }
    }

    /** The form and with it the header; the header alone while somebody types in the form. */
    async lookAgain() {
        const { record } = this.props;
        return (await record.isDirty()) ? this.show(this.data.id) : record.load();
    }

    async call(method) {
        try {
            return await this.orm.call("dental.patient", method, [[this.data.id]]);
        } catch (error) {
            this.notification.add(refusal(error), { type: "warning" });
            return false;
        }
    }
}

registry.category("view_widgets").add("dental_patient_header", {
    component: PatientHeader,
    extractProps: ({ attrs }) => ({ patientField: attrs.patient_field }),
    fieldDependencies: [{ name: "write_date", type: "datetime" }],
});
