import { Component, useState } from "@odoo/owl";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { formatTime } from "../wait_clock/moments";
import { refusal } from "../today/refusal";

/** The route slip of a visit: a box for each step, ticked at once, with who and when. */
export class SlipField extends Component {
    static template = "dental_coordinator.SlipField";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.state = useState({ busy: false });
    }

    get checks() {
        return this.props.record.data[this.props.name] || [];
    }

    when(check) {
        return check.at ? formatTime(deserializeDateTime(check.at)) : "";
    }

    async toggle(check) {
        const { record } = this.props;
        this.state.busy = true;
        try {
            await this.orm.call("dental.appointment", "tick", [[record.resId], check.id]);
        } catch (error) {
            this.notification.add(refusal(error), { type: "warning" });
        } finally {
            await record.load();
            this.state.busy = false;
        }
    }
}

registry.category("fields").add("dental_slip", { component: SlipField, supportedTypes: ["json"] });
