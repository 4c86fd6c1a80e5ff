import { Component } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const LEVELS = {
    stop: { css: "text-bg-danger", icon: "fa-ban", word: _t("Stop") },
    warn: { css: "text-bg-warning", icon: "fa-exclamation-circle", word: _t("Open") },
};
const STEPS = {
    prepare: _t("to prepare"),
    confirmed: _t("to confirm"),
    seated: _t("to seat"),
    in_treatment: _t("to start"),
    done: _t("to close"),
};

/**
 * What a visit still lacks (Json field `readiness` of a dental.appointment, or of a record with
 * an `appointment_id`): as a chip that opens the list, or as the list itself; each line has the
 * button that opens its remedy.
 */
export class ReadinessField extends Component {
    static template = "dental_coordinator.ReadinessField";
    static components = { Dropdown };
    static props = { ...standardFieldProps, listed: { type: Boolean, optional: true } };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get items() {
        const items = this.props.record.data[this.props.name] || [];
        return items.map((item) => ({
            ...item,
            ...LEVELS[item.severity],
            needed: STEPS[item.step],
            id: `${item.check}/${item.key}`,
        }));
    }

    get chip() {
        const stops = this.items.filter((item) => item.severity === "stop").length;
        const open = this.items.length - stops;
        if (!stops && !open) {
            return { css: "text-bg-success", icon: "fa-check", text: _t("Ready") };
        }
        const level = stops ? LEVELS.stop : LEVELS.warn;
        const parts = [stops && _t("%s stop", stops), open && _t("%s open", open)];
        return { ...level, text: parts.filter(Boolean).join(" · ") };
    }

    get visitId() {
        const { record } = this.props;
        return record.resModel === "dental.appointment"
            ? record.resId
            : record.data.appointment_id.id;
    }

    /** The remedy opens; what it changed is read when it is closed. */
    async fix(item) {
        const { record } = this.props;
        if ((await record.isDirty()) && !(await record.save())) {
            return;
        }
        const action = await this.orm.call("dental.appointment", "action_readiness_fix", [
            [this.visitId],
            item.fix,
        ]);
        await this.action.doAction(action, { onClose: () => record.load() });
    }
}

registry.category("fields").add("dental_readiness", {
    component: ReadinessField,
    displayName: _t("Readiness"),
    supportedTypes: ["json"],
    isEmpty: () => false,
    extractProps: ({ options }) => ({ listed: Boolean(options.listed) }),
});
