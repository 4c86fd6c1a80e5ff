import { Component, useExternalListener, useState } from "@odoo/owl";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { refusal } from "../today/refusal";
import { formatTime } from "../wait_clock/moments";

const TYPING = "input, textarea, select, [contenteditable=true]";
const CARDS = 10;

/** The places that the search proposes as cards; the keys 1 to 9 and 0 book them. */
export class SlotCards extends Component {
    static template = "dental_coordinator.SlotCards";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.state = useState({ booking: false });
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
    }

    get cards() {
        return this.props.record.data[this.props.name].records
            .slice(0, CARDS)
            .map(({ resId, data }, index) => ({
                id: resId,
                key: String((index + 1) % CARDS),
                places: data.card.places.map((place) => this.place(place)),
                reasons: data.card.reasons,
            }));
    }

    place(place) {
        const start = deserializeDateTime(place.start);
        const stop = deserializeDateTime(place.stop);
        return {
            ...place,
            day: start.toLocaleString({ weekday: "short", day: "numeric", month: "short" }),
            time: `${formatTime(start)} – ${formatTime(stop)}`,
            where: [place.provider, place.chair].filter(Boolean).join(" · "),
            what: [place.who, place.type].filter(Boolean).join(" · "),
        };
    }

    onKeydown(ev) {
        if (ev.target.closest?.(TYPING) || ev.altKey || ev.ctrlKey || ev.metaKey) {
            return;
        }
        const card = this.cards.find(({ key }) => key === ev.key);
        if (card) {
            ev.preventDefault();
            this.book(card);
        }
    }

    async book(card) {
        if (this.state.booking) {
            return; // a second press while the first is on its way
        }
        this.state.booking = true;
        try {
            const action = await this.orm.call("dental.slot.proposal", "action_book", [[card.id]]);
            await this.action.doAction(action);
        } catch (error) {
            this.notification.add(refusal(error), { type: "warning", sticky: true });
        } finally {
            this.state.booking = false;
        }
    }
}

registry.category("fields").add("dental_slot_cards", {
    component: SlotCards,
    supportedTypes: ["one2many"],
    useSubView: true,
});
