import { Component, onWillStart, onWillUpdateProps, useEffect, useRef, useState } from "@odoo/owl";
import { deserializeDate, toLocaleDateString } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { BeforeBooking } from "../before_booking/before_booking";
import { serverText } from "../find_patient/server_text";
import { formatTime } from "../wait_clock/moments";
import { clinicTime, serverTime } from "./book_time";

const PAUSE = 200;

/**
 * Booking beside the book, which stays in sight: who, what for, where. The place is the one that
 * was clicked or dragged; another click in the book moves it.
 */
export class BookPanel extends Component {
    static template = "dental_coordinator.BookPanel";
    static components = { BeforeBooking };
    static props = {
        place: { type: [Object, { value: null }] }, // {column, from, minutes, chairId, providerId}
        patientId: { type: [Number, { value: false }], optional: true },
        zone: String,
        chairs: Array,
        providers: Array,
        moment: { type: [Object, { value: null }] },
        refused: { type: [String, { value: null }] },
        onLength: Function,
        onBook: Function,
        onPlaceVisit: Function,
        onGoTo: Function,
        onTray: Function,
        onClose: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.input = useRef("input");
        this.kind = useRef("kind");
        this.answers = new KeepLast();
        this.search = useDebounced(() => this.ask(), PAUSE);
        this.state = useState({
            text: "",
            rows: [],
            index: 0,
            kinds: [],
            kindId: null,
            pane: null,
            note: "",
            chairId: null,
            providerId: null,
            busy: false,
        });
        onWillStart(() => this.start());
        onWillUpdateProps((next) => this.takePlace(next.place));
        useEffect(
            () => (this.state.pane ? this.kind : this.input).el?.focus(),
            () => [this.state.pane?.id]
        );
    }

    async start() {
        this.takePlace(this.props.place);
        this.state.kinds = await this.orm.call("dental.patient", "book_kinds", []);
        if (this.props.patientId) {
            await this.choose(this.props.patientId);
        }
    }

    takePlace(place) {
        if (place && place !== this.place) {
            this.place = place;
            this.state.chairId = place.chairId || this.state.chairId || this.props.chairs[0]?.id;
            this.state.providerId =
                place.providerId || this.state.providerId || this.props.providers[0]?.id;
        }
    }

    /** What must be known of this patient before he is booked there. */
    get asked() {
        const { moment } = this.props;
        const { pane, kindId, providerId, chairId } = this.state;
        return {
            patientId: pane.id,
            ...(kindId && { typeId: kindId }),
            ...(moment && {
                place: {
                    start: serverTime(moment),
                    stop: serverTime(moment.plus({ minutes: this.minutes || 10 })),
                    provider_id: providerId,
                    operatory_id: chairId,
                },
            }),
        };
    }

    get when() {
        const { moment } = this.props;
        return (
            moment && moment.toLocaleString({ weekday: "short", day: "numeric", month: "short" })
        );
    }

    get time() {
        return this.props.moment && formatTime(this.props.moment);
    }

    get kindChosen() {
        return this.state.kinds.find((kind) => kind.id === this.state.kindId);
    }

    get minutes() {
        return this.props.place?.minutes || this.kindChosen?.minutes || 0;
    }

    get may() {
        return Boolean(
            this.state.pane && this.state.kindId && this.props.place && !this.state.busy
        );
    }

    get planned() {
        return this.state.pane.visits.filter((visit) => visit.kind === "planned");
    }

    get others() {
        return this.state.pane.visits.filter((visit) => visit.kind !== "planned");
    }

    visitDay(visit) {
        const start = clinicTime(visit.start, this.props.zone);
        return start.toLocaleString({ day: "numeric", month: "short", year: "2-digit" });
    }

    dueDay(recall) {
        return toLocaleDateString(deserializeDate(recall.due));
    }

    // Who

    async ask() {
        const text = this.state.text.trim();
        const rows = text
            ? await this.answers.add(this.orm.call("dental.patient", "find", [serverText(text), 8]))
            : [];
        Object.assign(this.state, { rows, index: 0 });
    }

    onSearchKeydown(ev) {
        const step = { ArrowDown: 1, ArrowUp: -1 }[ev.key];
        if (step) {
            ev.preventDefault();
            const last = this.state.rows.length - 1;
            this.state.index = Math.min(Math.max(0, this.state.index + step), last);
        } else if (ev.key === "Enter") {
            ev.preventDefault();
            ev.stopPropagation();
            this.takeFirst();
        }
    }

    /** Enter may be faster than the pause of the search. */
    async takeFirst() {
        if (!this.state.rows.length) {
            await this.ask();
        }
        const row = this.state.rows[this.state.index];
        if (row && !row.restricted) {
            await this.choose(row.id);
        }
    }

    async choose(patientId) {
        const pane = await this.orm.call("dental.patient", "book_pane", [[patientId]]);
        const isNew = !pane.visits.length;
        const kind = this.state.kinds.find((each) => each.new_patient === isNew);
        this.state.pane = pane;
        this.setKind(kind?.id || this.state.kinds[0]?.id);
    }

    other() {
        Object.assign(this.state, { pane: null, rows: [], text: "" });
    }

    // What for

    setKind(kindId) {
        this.state.kindId = kindId;
        this.props.onLength(this.kindChosen?.minutes);
    }

    onKindChange(ev) {
        this.setKind(Number(ev.target.value));
    }

    /** By whom or in which chair: ``providerId`` or ``chairId``. */
    choosePlace(name, ev) {
        this.state[name] = Number(ev.target.value);
    }

    onKindKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            ev.stopPropagation();
            this.book();
        }
    }

    // Doing

    async book() {
        if (!this.may) {
            return;
        }
        this.state.busy = true;
        const { chairId, providerId, kindId, note, pane } = this.state;
        try {
            await this.props.onBook({
                patient_id: pane.id,
                type_id: kindId,
                operatory_id: chairId,
                provider_id: providerId,
                start: serverTime(this.props.moment),
                ...(this.props.place.dragged && {
                    stop: serverTime(this.props.moment.plus({ minutes: this.minutes })),
                }),
                is_new: Boolean(this.kindChosen.new_patient),
                ...(note.trim() && { note: note.trim() }),
            });
        } finally {
            this.state.busy = false;
        }
    }

    get buttonText() {
        return this.props.place ? _t("Book %s", this.time) : _t("Click a free place");
    }
}
