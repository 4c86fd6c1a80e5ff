import { _t } from "@web/core/l10n/translation";
import { refusal } from "../today/refusal";
import { formatTime } from "../wait_clock/moments";
import { Conflicts } from "./book_conflicts";
import { clinicTime } from "./book_time";

/** Booking from the panel beside the book: the place, the visit, and where to look afterwards. */
export class Booking {
    /** @param {import("./book").Book} book */
    constructor(book) {
        this.book = book;
    }

    get panel() {
        return this.book.state.panel;
    }

    /** Begin to book: a place, a patient, both or nothing is known. */
    open(known = {}) {
        if (this.book.data.may_book) {
            this.book.state.panel = { ...this.panel, refused: null, ...known };
        }
    }

    close() {
        this.book.state.panel = null;
    }

    /** Somebody chose a place: an armed visit of the tray is put there, else the panel has it. */
    choosePlace(column, from, minutes = null) {
        const { data, state } = this.book;
        const armed = data.tray.find((card) => card.id === state.armedId);
        if (armed) {
            return this.book.placeCard(armed, column, from, armed.pattern.length * 10);
        }
        const place = {
            column: column.key,
            from,
            minutes: minutes || this.panel?.kindMinutes || null,
            dragged: Boolean(minutes),
            chairId: column.chair_id,
            providerId: column.provider_id,
        };
        return this.open({ place });
    }

    draft(column, place) {
        const to = place.from + (place.minutes || 30);
        const wanted = { chair_id: place.chairId, provider_id: place.providerId };
        const conflicts = new Conflicts(this.book.layout, wanted, this.book.names);
        const met = conflicts.at(column, place.from, to);
        return {
            from: place.from,
            to,
            title: _t("Here"),
            why: met?.why || "",
            soft: Boolean(met?.soft),
        };
    }

    get column() {
        const key = this.panel?.place?.column;
        return this.book.layout.columns.find((column) => column.key === key);
    }

    get moment() {
        const { column } = this;
        return column ? this.book.layout.moment(column, this.panel.place.from) : null;
    }

    /** A kind of visit was chosen: the place is as long as it lasts, unless it was dragged. */
    setLength(minutes) {
        this.panel.kindMinutes = minutes;
        const { place } = this.panel;
        if (place && !place.dragged && minutes) {
            place.minutes = minutes;
        }
    }

    async make(vals) {
        const { book } = this;
        try {
            const [id] = await book.orm.create("dental.appointment", [vals]);
            this.close();
            await book.load();
            book.state.selectedId = id;
            book.desk.offerUndo(_t("Booked"), this.said(id), () => this.takeBack(id));
        } catch (error) {
            this.panel.refused = refusal(error);
        }
    }

    said(id) {
        const card = this.book.data.visits.find((each) => each.id === id);
        if (!card) {
            return _t("on another day");
        }
        const start = clinicTime(card.start, this.book.data.zone);
        return `${this.book.nameOf(card)}, ${formatTime(start)}`;
    }

    takeBack(id) {
        return this.book.desk.do(_t("Booked"), "action_cancel", "dental.appointment", [[id]]);
    }

    /** A visit that waits for a place is put where the panel stands. */
    async placeVisit(visit) {
        const { place } = this.panel;
        const card = this.asCard(visit);
        if (await this.book.placeCard(card, this.column, place.from, visit.minutes)) {
            this.close();
        }
    }

    asCard(visit) {
        return { id: visit.id, patient: visit.text, file: visit.number, initials: visit.text };
    }

    async goToVisit(visit) {
        await this.book.goTo(clinicTime(visit.start, this.book.data.zone).toISODate());
        this.book.state.selectedId = visit.id;
    }

    toTray(visit) {
        return this.book.desk.toTray(this.asCard(visit), null);
    }
}
