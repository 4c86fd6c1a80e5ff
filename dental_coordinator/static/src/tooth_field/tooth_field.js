import { Component, onWillStart } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useInputField } from "@web/views/fields/input_field_hook";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** One tooth in a list or range of teeth. */
const WORD = /[^\s,;\-–]+/g;

/** How the user writes teeth, asked of the server once: the rules of notation live there alone. */
export const toothLabels = {
    dependencies: ["orm"],
    start(env, { orm }) {
        let asked = null;
        return {
            load() {
                asked ||= orm.call("res.users", "dental_tooth_labels", []).then(({ labels }) => ({
                    labels,
                    teeth: Object.fromEntries(
                        Object.entries(labels).map(([tooth, label]) => [label, tooth])
                    ),
                }));
                return asked;
            },
        };
    },
};
registry.category("services").add("dental_tooth_labels", toothLabels);

/** Teeth in the user's notation: one, or several with commas and ranges. Stored as ISO 3950. */
export class ToothField extends Component {
    static template = "dental_coordinator.ToothField";
    static props = { ...standardFieldProps, placeholder: { type: String, optional: true } };

    setup() {
        const service = useService("dental_tooth_labels");
        onWillStart(async () => {
            this.notation = await service.load();
        });
        useInputField({ getValue: () => this.shown, parse: (text) => this.parse(text) });
    }

    get shown() {
        return translate(this.props.record.data[this.props.name], this.notation.labels);
    }

    /** What is stored for what was typed; a word that is no tooth marks the field as wrong. */
    parse(text) {
        const typed = text.trim().toUpperCase();
        const wrong = typed.match(WORD)?.find((word) => !(word in this.notation.teeth));
        if (wrong) {
            throw new Error(_t("%s is not a tooth", wrong));
        }
        return translate(typed, this.notation.teeth);
    }
}

function translate(text, table) {
    return (text || "").replace(WORD, (word) => table[word] || word);
}

registry.category("fields").add("dental_tooth", {
    component: ToothField,
    displayName: _t("Tooth"),
    supportedTypes: ["char"],
    extractProps: ({ placeholder }) => ({ placeholder }),
});
