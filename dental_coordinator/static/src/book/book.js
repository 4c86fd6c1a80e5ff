import {
    Component,
    markRaw,
    onMounted,
    onWillStart,
    onWillUnmount,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { useTodayChanges } from "../today/today_changes";
import { useServerClock } from "../wait_clock/moments";
import { Booking } from "./book_booking";
import { BookColumn } from "./book_column";
import { BookDayLine } from "./book_day_line";
import { BookDesk } from "./book_desk";
import { useBookDragging } from "./book_dragging";
import { useBookKeys } from "./book_keys";
import { BookLayout } from "./book_layout";
import { BookPanel } from "./book_panel";
import { BookPeek } from "./book_peek";
import { nextSelected } from "./book_selection";
import { BookTray } from "./book_tray";
import { clockOf, jump, serverTime } from "./book_time";

const REMEMBERED = "dental_book";
const PRIVACY = ["names", "initials", "numbers"];
const HOVER = 700;

/** The book: chairs of a day or a provider's week, in which visits are made and moved. */
export class Book extends Component {
    static template = "dental_coordinator.Book";
    static components = { Layout, BookColumn, BookDayLine, BookPanel, BookTray };
    static props = { ...standardActionServiceProps };
    static displayName = _t("Book");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.findPatient = useService("dental_find_patient");
        this.root = useRef("root");
        this.clock = useServerClock();
        this.loads = new KeepLast();
        this.peek = usePopover(BookPeek, { position: "right", animation: false });
        this.names = this.nameOf.bind(this);
        this.desk = new BookDesk({
            orm: this.orm,
            notification: useService("notification"),
            reload: () => this.load(),
            nameOf: this.names,
        });
        this.asked = { ...this.remembered(), ...this.props.action.params };
        this.state = useState({
            data: null,
            layout: null,
            selectedId: null,
            armedId: null,
            privacy: null,
            panel: null,
        });
        this.booking = new Booking(this);
        this.dragging = useBookDragging(this);
        useTodayChanges(() => this.load());
        useBookKeys(this);
        onWillStart(() => this.load());
        onMounted(() => this.scrollToNow());
        useEffect(
            () => this.followFocus(),
            () => [this.state.selectedId, this.state.layout]
        );
        onWillUnmount(() => clearTimeout(this.hovering));
    }

    // What is shown

    get data() {
        return this.state.data;
    }

    get layout() {
        return this.state.layout;
    }

    get title() {
        const { days } = this.layout;
        const first = days[0].begin;
        const last = days[days.length - 1].begin;
        return days.length === 1
            ? first.toLocaleString({ weekday: "long", day: "numeric", month: "long" })
            : `${first.toLocaleString({ day: "numeric", month: "short" })} – ${last.toLocaleString({
                  day: "numeric",
                  month: "short",
              })}`;
    }

    get cards() {
        return this.layout.columns.flatMap((column) => column.placed.map(({ card }) => card));
    }

    get selected() {
        return this.cards.find((card) => card.id === this.state.selectedId);
    }

    get privacyWord() {
        return { names: _t("Names"), initials: _t("Initials"), numbers: _t("Numbers") }[
            this.privacy
        ];
    }

    get privacy() {
        return this.state.privacy || this.data.view.privacy;
    }

    /** How a patient is called, as far as bystanders may read it. */
    nameOf(card) {
        if (card.restricted || this.privacy === "names") {
            return card.patient;
        }
        return this.privacy === "initials" ? card.initials || "…" : card.file || "…";
    }

    headOf(column) {
        const day = this.layout.days[column.day].begin;
        const provider = this.layout.providers.get(column.provider_id)?.name;
        return this.data.layout === "week"
            ? day.toLocaleString({ weekday: "short", day: "numeric", month: "short" })
            : [column.name, provider && `(${provider})`].filter(Boolean).join(" ");
    }

    columnProps(column) {
        const { ghost, forbidden, liftedId } = this.dragging.state;
        return {
            column,
            layout: this.layout,
            names: this.names,
            now: this.clock.now,
            selectedId: this.state.selectedId,
            liftedId,
            ghost: ghost?.column === column.key ? ghost : this.draftIn(column),
            forbidden: forbidden?.[column.key] || null,
            mayResize: this.data.may_resize,
            onNote: this.openNote.bind(this),
        };
    }

    /** The place that the panel would book, and what is in its way. */
    draftIn(column) {
        const place = this.state.panel?.place;
        return place?.column === column.key ? this.booking.draft(column, place) : null;
    }

    /** Who can be the provider of a visit. */
    get treating() {
        return this.data.providers.filter(({ kind }) => ["dentist", "hygienist"].includes(kind));
    }

    /** The hour before now is at the top when the book opens on today. */
    scrollToNow() {
        const here = this.clock.now.setZone(this.data.zone);
        const scroller = this.root.el.querySelector(".o_dental_book_scroll");
        if (this.data.days.some((each) => each.day === here.toISODate())) {
            scroller.scrollTop = this.layout.top((here.hour - 1) * 60);
        }
    }

    // Loading

    remembered() {
        const text = browser.sessionStorage.getItem(REMEMBERED);
        return text ? JSON.parse(text) : {};
    }

    /** Ask for what is shown, or for another day, view, layout or provider. */
    async load(changes = {}) {
        this.asked = { ...this.asked, ...changes };
        const { day, viewId, layout, providerId } = this.asked;
        const data = await this.loads.add(
            this.orm.call("dental.book", "data", [
                day || false,
                viewId || false,
                layout || false,
                providerId || false,
            ])
        );
        browser.sessionStorage.setItem(REMEMBERED, JSON.stringify(this.asked));
        this.show(data);
    }

    show(data) {
        this.keepUnchanged(data);
        this.state.data = markRaw(data);
        this.state.layout = markRaw(new BookLayout(data));
        this.clock.setServerTime(deserializeDateTime(data.now));
        if (!this.selected) {
            this.state.selectedId = null;
        }
        if (!data.tray.some((card) => card.id === this.state.armedId)) {
            this.state.armedId = null;
        }
        this.dragging.refresh();
    }

    /** Cards that did not change stay the same objects, so that nothing is drawn anew. */
    keepUnchanged(data) {
        const known = new Map(this.data?.visits.map((card) => [card.id, card]));
        data.visits = data.visits.map((card) => {
            const old = known.get(card.id);
            return old && JSON.stringify(old) === JSON.stringify(card) ? old : markRaw(card);
        });
    }

    // Where to look

    goTo(day) {
        return day && this.load({ day });
    }

    jump(by) {
        return this.goTo(jump(this.data.day, by));
    }

    useView(viewId) {
        this.state.privacy = null;
        return this.load({ viewId, layout: null });
    }

    onWeekOf(ev) {
        return this.load({ providerId: Number(ev.target.value) });
    }

    switchLayout() {
        return this.load({ layout: this.data.layout === "week" ? "day" : "week" });
    }

    nextPrivacy() {
        this.state.privacy = PRIVACY[(PRIVACY.indexOf(this.privacy) + 1) % PRIVACY.length];
    }

    // Selecting

    select(right, down) {
        this.state.selectedId = nextSelected(this.layout, this.state.selectedId, right, down);
    }

    followFocus() {
        const focused = document.activeElement;
        if (focused === document.body || focused.closest(".o_dental_book_card")) {
            const card = this.root.el?.querySelector(
                `.o_dental_book_card[data-id="${this.state.selectedId}"]`
            );
            card?.focus();
        }
    }

    /** One step back: from the panel, an armed visit, or the details. */
    leave() {
        this.peek.close();
        if (this.state.armedId) {
            this.state.armedId = null;
        } else {
            this.booking.close();
        }
    }

    // Details

    togglePeek(card) {
        if (this.peek.isOpen) {
            return this.peek.close();
        }
        const target = this.root.el.querySelector(`.o_dental_book_card[data-id="${card.id}"]`);
        if (target && !card.restricted) {
            this.peek.open(target, { visitId: card.id, name: this.nameOf(card) });
        }
    }

    onPointerOver(ev) {
        clearTimeout(this.hovering);
        const element = ev.target.closest(".o_dental_book_card");
        const card = element && this.cardOf(element);
        if (card && this.data.view.peek && !this.dragging.state.ghost) {
            this.hovering = setTimeout(() => !this.peek.isOpen && this.togglePeek(card), HOVER);
        } else if (!element && this.peek.isOpen) {
            this.peek.close();
        }
    }

    cardOf(element) {
        return this.data.visits.find((card) => card.id === Number(element.dataset.id));
    }

    // Doing

    /** Open the visit; of a restricted file, the form that asks for it. */
    open(card) {
        this.peek.close();
        if (card.restricted) {
            return this.action.doAction("dental_coordinator.dental_break_glass_action", {
                additionalContext: { default_patient_number: card.file },
            });
        }
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "dental.appointment",
            res_id: card.id,
            views: [[false, "form"]],
        });
    }

    /** Move the selected visit by a line of the book, or to the next column. */
    shift(card, right, down) {
        const at = this.layout.columns.findIndex((c) => c.placed.some((p) => p.card === card));
        const column = this.layout.columns[at + right];
        if (column && !card.restricted && this.data.may_move) {
            const { from, to } = this.layout.spans.get(card.id);
            const start = from + down * this.layout.slot;
            this.placeCard(card, column, start, to - from);
        }
    }

    placeCard(card, column, from, minutes) {
        const vals = { start: serverTime(this.layout.moment(column, from)), minutes };
        if (column.chair_id) {
            vals.operatory_id = column.chair_id;
        } else {
            vals.provider_id = column.provider_id;
        }
        const said = _t("now %(time)s, %(column)s", {
            time: clockOf(from),
            column: this.headOf(column),
        });
        return this.desk.place(card, vals, said);
    }

    toTray(card) {
        if (card.restricted || !this.data.may_move) {
            return;
        }
        const span = this.layout.spans.get(card.id);
        const place = span && { start: card.start, operatory_id: card.chair_id };
        return this.desk.toTray(card, place);
    }

    arm(card) {
        this.state.armedId = this.state.armedId === card.id ? null : card.id;
    }

    // Notes and paper

    addNote(day, text) {
        return this.desk.do(text, "create", "dental.book.note", [[{ day, text }]]);
    }

    tickNote(id, done) {
        return this.desk.do(_t("Note"), "write", "dental.book.note", [[id], { done }]);
    }

    openNote(resId) {
        this.dialog.add(FormViewDialog, {
            resModel: "dental.book.note",
            resId,
            title: _t("Note in the book"),
            onRecordSaved: () => this.load(),
        });
    }

    printDay() {
        const ids = this.cards.filter((card) => !card.restricted).map((card) => card.id);
        return this.print("dental_coordinator.report_book_day_action", ids);
    }

    printSlip(card) {
        const ids = card.restricted ? [] : [card.id];
        return this.print("dental_coordinator.report_visit_slip_action", ids);
    }

    print(report, ids) {
        return (
            ids.length &&
            this.action.doAction(report, {
                additionalContext: { active_ids: ids, active_model: "dental.appointment" },
            })
        );
    }
}

registry.category("actions").add("dental_book", Book);
