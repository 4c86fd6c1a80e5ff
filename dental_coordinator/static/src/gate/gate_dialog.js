import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { refusal } from "../today/refusal";
import { GateList } from "./gate_list";
import { GATE_PASSED } from "./gate_passed";

/** A gate: what stands in the way, what fixes it, and last the way on for a reason. */
export class GateDialog extends Component {
    static template = "dental_coordinator.GateDialog";
    static components = { Dialog, GateList };
    static props = { close: Function, gate: Object, onPassed: Function };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.reason = useAutofocus({ refName: "reason" });
        this.state = useState({ gate: this.props.gate, overriding: false, reason: "" });
    }

    get title() {
        return _t("%(number)s: before “%(step)s”", {
            number: this.state.gate.number,
            step: this.state.gate.step_label,
        });
    }

    get step() {
        return this.state.gate.step;
    }

    /** Whose step it is: a visit's, where the gate does not say otherwise. */
    get model() {
        return this.state.gate.model || "dental.appointment";
    }

    async look() {
        const { id } = this.state.gate;
        this.state.gate = await this.orm.call(this.model, "gate", [[id], this.step]);
    }

    /** The gate is open: take the step. */
    go() {
        return this.call("pass_gate", [this.step]);
    }

    override() {
        return this.call("action_override", [this.step, this.state.reason]);
    }

    async call(method, args) {
        try {
            const ids = [this.state.gate.id];
            const next = await this.orm.call(this.model, method, [ids, ...args]);
            this.props.close();
            this.props.onPassed(next);
        } catch (error) {
            this.notification.add(refusal(error), { type: "warning" });
        }
    }
}

/** The action that the server answers with where a gate is closed. */
function showGate(env, action) {
    const { dialog, action: actions } = env.services;
    dialog.add(GateDialog, {
        gate: action.params,
        onPassed: (next) => {
            const passed = { next, handled: false };
            env.bus.trigger(GATE_PASSED, passed);
            if (next?.type) {
                actions.doAction(next);
            } else if (!passed.handled) {
                actions.doAction({ type: "ir.actions.client", tag: "soft_reload" });
            }
        },
    });
}

registry.category("actions").add("dental_gate", showGate);
