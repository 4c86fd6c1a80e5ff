import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { CharField, charField } from "@web/views/fields/char/char_field";
import { onWillStart } from "@odoo/owl";

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
export class ToothField extends CharField {
    setup() {
        const service = useService("dental_tooth_labels");
        onWillStart(async () => {
            this.notation = await service.load();
        });
        super.setup();
    }

    get formattedValue() {
        return this.translate(this.props.record.data[this.props.name], this.notation.labels);
    }

    get value() {
        return this.formattedValue;
    }

    parse(value) {
        const typed = super.parse(value).toUpperCase();
        const unknown = this.words(typed).filter((word) => !(word in this.notation.teeth));
        if (unknown.length) {
            throw new Error(_t("%s is not a tooth", unknown[0]));
        }
        return this.translate(typed, this.notation.teeth);
    }

    words(text) {
        return text.split(/[\s,;\-–]+/).filter(Boolean);
    }

    translate(text, table) {
        return (text || "").replace(/[^\s,;\-–]+/g, (word) => table[word] || word);
    }
}

export const toothField = {
    ...charField,
    component: ToothField,
    displayName: _t("Tooth"),
    supportedTypes: ["char"],
};
registry.category("fields").add("dental_tooth", toothField);
