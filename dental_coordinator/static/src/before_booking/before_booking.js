import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { serializeDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { refusal } from "../today/refusal";

const LEVELS = {
    stop: { css: "text-bg-danger", icon: "fa-exclamation-triangle", word: _t("Stop") },
    warn: { css: "text-bg-warning", icon: "fa-exclamation-circle", word: _t("Careful") },
    info: { css: "border text-muted", icon: "fa-info-circle", word: _t("Note") },
};

/**
 * What must be known of a patient before a visit is booked, in one strip.
 *
 * `place`: {start, stop (serialized), provider_id, operatory_id}, as far as it is chosen.
 */
export class BeforeBooking extends Component {
    static template = "dental_coordinator.BeforeBooking";
    static props = {
        patientId: { type: Number, optional: true },
        typeId: { type: Number, optional: true },
        place: { type: Object, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.answers = new KeepLast();
        this.state = useState({ lines: [] });
        onWillStart(() => this.load(this.props));
        onWillUpdateProps((next) => {
            if (JSON.stringify(next) !== JSON.stringify(this.props)) {
                this.load(next); // what is shown stays until the answer is there
            }
        });
    }

    get lines() {
        return this.state.lines.map((line, index) => ({ ...line, ...LEVELS[line.level], index }));
    }

    async load({ patientId, typeId, place }) {
        if (!patientId) {
            this.state.lines = [];
            return;
        }
        const args = [[patientId], typeId || false, place || false];
        try {
            const answer = await this.answers.add(
                this.orm.call("dental.patient", "before_booking", args)
            );
            this.state.lines = answer.lines;
        } catch (error) {
            refusal(error); // a file of another clinic: the form says so itself
            this.state.lines = [];
        }
    }

    open(line) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: line.model,
            res_id: line.res_id,
            views: [[false, "form"]],
            target: "new",
        });
    }
}

/** The same in a form: `<widget name="dental_before_booking"/>` beside `patient_id`. */
export class BeforeBookingWidget extends Component {
    static template = "dental_coordinator.BeforeBookingWidget";
    static components = { BeforeBooking };
    static props = { ...standardWidgetProps };

    setup() {
        this.state = useState({ asked: {} });
        useRecordObserver((record) => {
            const { patient_id, type_id, provider_id, operatory_id, start, stop } = record.data;
            const asked = { patientId: patient_id?.id, typeId: type_id?.id };
            if (start && provider_id && operatory_id) {
                asked.place = {
                    start: serializeDateTime(start),
                    stop: stop ? serializeDateTime(stop) : false,
                    provider_id: provider_id.id,
                    operatory_id: operatory_id.id,
                };
            }
            this.state.asked = asked;
        });
    }

    get asked() {
        const { patientId, typeId, place } = this.state.asked;
        return {
            ...(patientId && { patientId }),
            ...(typeId && { typeId }),
            ...(place && { place: { ...place } }),
        };
    }
}

registry.category("view_widgets").add("dental_before_booking", {
    component: BeforeBookingWidget,
});
