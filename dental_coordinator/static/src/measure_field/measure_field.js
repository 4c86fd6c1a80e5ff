import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { FloatField, floatField } from "@web/views/fields/float/float_field";
import { IntegerField, integerField } from "@web/views/fields/integer/integer_field";

/** A reading that nobody took is blank: a temperature of 0 would say that somebody did. */
const blankZero = (Field) =>
    class extends Field {
        get formattedValue() {
            return this.props.record.data[this.props.name] ? super.formattedValue : "";
        }
    };

registry.category("fields").add("dental_measure", {
    ...integerField,
    component: blankZero(IntegerField),
    displayName: _t("Whole reading"),
});
registry.category("fields").add("dental_measure_float", {
    ...floatField,
    component: blankZero(FloatField),
    displayName: _t("Reading"),
});
