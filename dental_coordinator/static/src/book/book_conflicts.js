import { _t } from "@web/core/l10n/translation";
import { providerStretches } from "./book_layout";
import { clockOf } from "./book_time";

/**
 * Why a visit cannot be where it is dragged, as far as this screen knows; the server has the last
 * word. Everything is in minutes of the column's day.
 */
export class Conflicts {
    /**
     * @param {import("./book_layout").BookLayout} layout
     * @param {Object} card the visit that is dragged, or a draft with chair and provider
     * @param {(card: Object) => string} nameOf how a patient is called on this screen
     */
    constructor(layout, card, nameOf) {
        this.layout = layout;
        this.card = card;
        this.nameOf = nameOf;
    }

    chairIn(column) {
        return column.chair_id || this.card.chair_id;
    }

    get others() {
        return this.layout.data.visits.filter((other) => other.id !== this.card.id);
    }

    /** Time of a column that is taken for this visit: [{ from, to, why, soft, what }]. */
    taken(column) {
        return [
            ...this.closed(column),
            ...this.blocked(column),
            ...this.others.flatMap((other) => this.takenBy(other, column)),
        ];
    }

    /** What stands in the way at that time: the first hard reason, else a soft one, else null. */
    at(column, from, to) {
        const stretches = providerStretches(this.card.pattern).map(([begin, end]) => [
            from + begin,
            Math.min(from + end, to),
        ]);
        const whole = [[from, to]];
        const met = this.taken(column).filter((span) =>
            (span.what === "provider" ? stretches : whole).some(
                ([begin, end]) => begin < span.to && end > span.from
            )
        );
        return met.find((span) => !span.soft) || met[0] || null;
    }

    closed(column) {
        const why = _t("outside working hours");
        return column.closed.map((span) => ({ ...span, why, soft: true, what: "hours" }));
    }

    blocked(column) {
        return column.blocks
            .filter(({ block }) => !block.type_ids?.includes(this.card.type_id))
            .filter(({ block }) => block.kind === "template" || !block.schedulable)
            .map(({ block, from, to }) => ({
                from,
                to,
                why: block.name,
                soft: block.schedulable,
                what: "block",
            }));
    }

    /** A room for several patients is taken when it is full: that the server says. */
    takenBy(other, column) {
        const span = this.layout.spans.get(other.id);
        if (span.day !== column.day) {
            return [];
        }
        const { from, to } = span;
        const until = clockOf(to);
        const found = [];
        const chair = this.layout.chairs.get(other.chair_id);
        if (other.chair_id === this.chairIn(column) && !(chair?.capacity > 1)) {
            const why = _t("%(patient)s until %(time)s", {
                patient: this.nameOf(other),
                time: until,
            });
            return [{ from, to, why, what: "chair" }];
        }
        if (other.patient_id && other.patient_id === this.card.patient_id) {
            found.push({ from, to, why: _t("the patient is elsewhere"), what: "patient" });
        }
        if (other.provider_id && other.provider_id === this.card.provider_id) {
            found.push(...this.providerIn(other, span));
        }
        return found;
    }

    /** The minutes in which the provider of this visit is needed at the other one. */
    providerIn(other, { from, to }) {
        const chair = this.layout.chairs.get(other.chair_id)?.name;
        const provider = this.layout.providers.get(other.provider_id)?.name;
        const why = _t("%(provider)s is in %(chair)s", { provider, chair });
        return providerStretches(other.pattern).map(([begin, end]) => ({
            from: from + begin,
            to: Math.min(from + end, to),
            why,
            what: "provider",
        }));
    }
}
