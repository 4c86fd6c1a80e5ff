import { onWillStart, onWillUnmount, status, useEffect, useRef, useState } from "@odoo/owl";
import { hasTouch } from "@web/core/browser/feature_detection";
import { deserializeDate, deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Mutex } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { useServerClock, formatTime } from "../wait_clock/moments";
import { WaitClock } from "../wait_clock/wait_clock";
import { BrokenDialog } from "./broken_dialog";
import { useGatePassed } from "../gate/gate_passed";
import { useTodayChanges } from "./today_changes";
import { useTodayKeys } from "./today_keys";
import { refusal } from "./refusal";
import { TodayDoings } from "./today_doings";
import { TodayHole } from "./today_hole";
import { TodayRow } from "./today_row";
import { TodaySide } from "./today_side";

/** The first screen of the day: who is here, who sits where, who comes, what was left open. */
export class Today extends TodayDoings {
    static template = "dental_coordinator.Today";
    static components = { Layout, TodayHole, TodayRow, TodaySide, WaitClock };
    static props = { ...standardActionServiceProps };
    static displayName = _t("Today");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.findPatient = useService("dental_find_patient");
        this.root = useRef("root");
        this.hasTouch = hasTouch(); // no pointer to hover with: every row shows its buttons
        this.clock = useServerClock();
        this.state = useState({ data: null, selectedId: null, said: "" });
        this.steps = new Mutex();
        useTodayChanges(() => this.load());
        useTodayKeys(this);
        useGatePassed(() => this.load());
        onWillStart(() => this.load());
        useEffect(
            () => this.followFocus(),
            () => [this.data, this.state.selectedId]
        );
        onWillUnmount(() => clearTimeout(this.nextChange));
    }

    // What is shown

    get data() {
        return this.state.data;
    }

    get title() {
        return deserializeDate(this.data.day).toLocaleString({
            weekday: "long",
            day: "numeric",
            month: "long",
        });
    }

    get asOf() {
        return _t("as of %s", formatTime(deserializeDateTime(this.data.now)));
    }

    get counters() {
        return this.data.counters.map((counter) => ({
            ...counter,
            number: counter.of === undefined ? counter.count : `${counter.count}/${counter.of}`,
            css: counter.count && counter.level ? `text-${counter.level}` : "",
        }));
    }

    /** Columns with the rows that arrow keys walk through, in the order of the screen. */
    get columns() {
        const { arrived, chairs, checkout, leftovers } = this.data;
        const seated = chairs.flatMap((chair) => chair.visits);
        return [
            { key: "arrived", rows: arrived },
            { key: "chairs", rows: [...seated, ...checkout] },
            { key: "next", rows: this.nextAndHoles },
            { key: "leftovers", rows: leftovers },
        ];
    }

    /** Who comes next, and between them the holes that somebody could still fill. */
    get nextAndHoles() {
        const holes = (this.data.holes || []).map((hole) => ({ ...hole, hole: true }));
        return [
            ...this.data.next,
            ...holes.map((hole) => ({ ...hole, id: `hole-${hole.id}` })),
        ].sort((one, other) => (one.start < other.start ? -1 : 1));
    }

    get rows() {
        return this.columns.flatMap((column) => column.rows);
    }

    get selected() {
        return this.rows.find((row) => row.id === this.state.selectedId);
    }

    rowProps(row, place) {
        return {
            row,
            place,
            now: this.clock.now,
            selected: row.id === this.state.selectedId,
            mayMove: this.data.may_move,
            warnAfter: this.data.warn_after,
            lateAfter: this.data.late_after,
            onSelect: (chosen) => (this.state.selectedId = chosen.id),
            onOpen: (chosen) => this.open(chosen),
            onStep: (chosen, step) => this.step(chosen, step),
            onBreak: (chosen) => this.break(chosen),
            onBack: (chosen) => this.back(chosen),
            onDo: (chosen, doing) => this[doing](chosen),
        };
    }

    deserialize(moment) {
        return deserializeDateTime(moment);
    }

    roomWord(chair) {
        return { dirty: _t("to clean"), cleaning: _t("being cleaned") }[chair.state] || _t("free");
    }

    nextTime(chair) {
        return chair.next && _t("next %s", formatTime(deserializeDateTime(chair.next)));
    }

    // Loading

    async load() {
        if (status(this) === "destroyed") {
            return; // a step or a dialog that ended after the user had gone on to another screen
        }
        const data = await this.latest(this.orm.call("dental.today", "data", []));
        if (!data) {
            return;
        }
        const place = this.data && this.placeOf(this.state.selectedId);
        this.state.data = data;
        this.clock.setServerTime(deserializeDateTime(data.now));
        this.keepSelection(place);
        this.waitForChange();
    }

    /** Stay with the selected visit; where it left the board, take the next one of its column. */
    keepSelection(place) {
        if (!this.selected) {
            const rows = place ? this.columns[place.column].rows : [];
            const row = rows[Math.min(place?.index ?? 0, rows.length - 1)] || this.rows[0];
            this.state.selectedId = row?.id ?? null;
        }
    }

    /** Look again at the moment at which the clock alone makes somebody late, or ends the day. */
    waitForChange() {
        clearTimeout(this.nextChange);
        const at = deserializeDateTime(this.data.changes_at);
        const wait = at.diff(deserializeDateTime(this.data.now)).toMillis();
        this.nextChange = setTimeout(() => this.load(), wait + 1000);
    }

    // Selection

    placeOf(id) {
        for (const [column, { rows }] of this.columns.entries()) {
            const index = rows.findIndex((row) => row.id === id);
            if (index >= 0) {
                return { column, index };
            }
        }
        return null;
    }

    /** Select the row so many lines down, or the one beside it so many columns to the right. */
    move(right, down) {
        const place = this.placeOf(this.state.selectedId) || { column: 0, index: 0 };
        let column = place.column + right;
        while (right && this.columns[column]?.rows.length === 0) {
            column += right;
        }
        const rows = this.columns[column]?.rows;
        if (rows?.length) {
            const index = Math.min(Math.max(0, place.index + down), rows.length - 1);
            this.state.selectedId = rows[index].id;
        }
    }

    /** Keep the focus on the selected row, unless it is on something that is no row. */
    followFocus() {
        const focused = document.activeElement;
        if (focused === document.body || focused.closest(".o_dental_today_row")) {
            const row = this.root.el.querySelector(`[data-id="${this.state.selectedId}"]`);
            (row || this.root.el).focus();
        }
    }

    // Doing

    /** Open the visit; of a restricted file, the form that asks for it. */
    open(row) {
        if (row.hole) {
            return this.fill(row);
        }
        if (row.restricted) {
            return this.action.doAction("dental_coordinator.dental_break_glass_action", {
                additionalContext: { default_patient_number: row.file },
            });
        }
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "dental.appointment",
            res_id: row.id,
            views: [[false, "form"]],
        });
    }

    /** The book of chairs; the plain calendar for a trainee, who sees his own visits only. */
    openBook() {
        const action = this.data.may_book ? "dental_book_action" : "dental_appointment_action";
        return this.action.doAction(`dental_coordinator.${action}`);
    }

    async openList(counter) {
        if (counter.method) {
            return this.action.doAction(await this.orm.call("dental.today", counter.method, []));
        }
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: counter.label,
            res_model: counter.model,
            domain: counter.domain,
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
    }

    back(row) {
        return this.call(row, "action_back", [], _t("one step back"));
    }

    break(row) {
        if (!row.breaks.length) {
            return this.notification.add(
                _t("%s is in the house or done with. Take the last step back first.", row.patient),
                { type: "warning" }
            );
        }
        return this.steps.exec(async () => {
            const data = await this.orm.call("dental.appointment", "break_data", [[row.id]]);
            this.dialog.add(BrokenDialog, {
                data,
                onChosen: async (way, choice) => {
                    if (await this.call(row, "action_break", [], way.label, choice)) {
                        this.offerUndo(row, way, data.hole && way.status !== "missed");
                    }
                },
            });
        });
    }

    /** Say what was done, with the ways on: take it back, or fill the hole that it leaves. */
    offerUndo(row, way, hole) {
        const close = this.notification.add(`${row.patient}: ${way.label}`, {
            type: "info",
            autocloseDelay: 10_000,
            buttons: [
                ...(hole
                    ? [
                          {
                              name: _t("Fill the hole"),
                              primary: true,
                              onClick: () => {
                                  close();
                                  this.call(row, "action_fill_hole", [], _t("who fits"));
                              },
                          },
                      ]
                    : []),
                {
                    name: _t("Undo"),
                    onClick: () => {
                        close();
                        this.call(row, "action_unbreak", [], _t("not broken after all"));
                    },
                },
            ],
        });
    }

    /** One request, then the board again. Keys pressed meanwhile wait for their turn. */
    call(row, method, args, done, kwargs = {}) {
        return this.steps.exec(async () => {
            try {
                const result = await this.orm.call(
                    "dental.appointment",
                    method,
                    [[row.id], ...args],
                    kwargs
                );
                if (result?.type) {
                    await this.action.doAction(result, { onClose: () => this.load() });
                }
                this.state.said = `${row.patient}: ${done}`;
                return true;
            } catch (error) {
                this.notification.add(refusal(error), { title: row.patient, type: "warning" });
                return false;
            } finally {
                await this.load();
            }
        });
    }
}

registry.category("actions").add("dental_today", Today);
