import { Component, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { refusal } from "../today/refusal";

/** What stands in the way of a step: each reason with the button that fixes it. */
export class GateList extends Component {
    static template = "dental_coordinator.GateList";
    static props = {
        visitId: Number,
        items: Array,
        onFixed: Function,
        model: { type: String, optional: true },
    };
    static defaultProps = { model: "dental.appointment" };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.state = useState({ busy: false });
    }

    icon(item) {
        return item.severity === "stop" ? "fa-ban text-danger" : "fa-exclamation-triangle";
    }

    async fix(item) {
        this.state.busy = true;
        try {
            await this.apply(item.fix);
            this.props.onFixed();
        } catch (error) {
            this.notification.add(refusal(error), { type: "warning" });
        } finally {
            this.state.busy = false;
        }
    }

    /** A method of the record, one with arguments, or an action to open. */
    async apply(fix) {
        if (fix.type) {
            return this.action.doAction(fix, { onClose: () => this.props.onFixed() });
        }
        const { method, args } = fix.method ? fix : { method: fix, args: [] };
        const ids = [this.props.visitId];
        const next = await this.orm.call(this.props.model, method, [ids, ...args]);
        return next?.type && this.action.doAction(next, { onClose: () => this.props.onFixed() });
    }
}

/** The gate that lies ahead of the visit on its form, before anybody clicks. */
export class GateListField extends Component {
    static template = "dental_coordinator.GateListField";
    static components = { GateList };
    static props = { ...standardFieldProps };

    get gate() {
        return this.props.record.data[this.props.name] || null;
    }
}

registry.category("fields").add("dental_gate_list", {
    component: GateListField,
    supportedTypes: ["json"],
});
