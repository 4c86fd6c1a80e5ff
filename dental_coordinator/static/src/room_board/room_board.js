import { onWillStart, useRef, useState } from "@odoo/owl";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { registry } from "@web/core/registry";
import { Mutex } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { useGatePassed } from "../gate/gate_passed";
import { refusal } from "../today/refusal";
import { useTodayChanges } from "../today/today_changes";
import { TodayDoings } from "../today/today_doings";
import { flagCss } from "../today/today_row";
import { minutesBetween, useServerClock } from "../wait_clock/moments";
import { WaitClock } from "../wait_clock/wait_clock";

const STATES = {
    ready: { word: _t("ready"), css: "text-bg-success" },
    dirty: { word: _t("to clean"), css: "text-bg-warning" },
    cleaning: { word: _t("being cleaned"), css: "text-bg-info" },
};

/** Every room with who sits there and whether it is clean; waiting patients are dragged in. */
export class RoomBoard extends TodayDoings {
    static template = "dental_coordinator.RoomBoard";
    static components = { Layout, WaitClock };
    static props = { ...standardActionServiceProps };
    static displayName = _t("Rooms");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.root = useRef("root");
        this.clock = useServerClock();
        this.state = useState({ data: null, visitId: null, roomId: null, over: null, said: "" });
        this.steps = new Mutex();
        this.useKeys();
        useTodayChanges(() => this.load());
        useGatePassed(() => this.load());
        onWillStart(() => this.load());
    }

    useKeys() {
        const walks = {
            arrowup: ["waiting", -1, "visitId"],
            arrowdown: ["waiting", 1, "visitId"],
            arrowleft: ["rooms", -1, "roomId"],
            arrowright: ["rooms", 1, "roomId"],
        };
        for (const [key, [rows, by, selected]] of Object.entries(walks)) {
            useHotkey(key, () => this.walk(this[rows], by, selected), { allowRepeat: true });
        }
        const may = (act) => () => this.data.may_move && act();
        useHotkey(
            "enter",
            may(() => this.seat(this.chosenVisit, this.chosenRoom)),
            { isAvailable: (target) => !target.closest("a, button, [role=menuitem]") }
        );
        useHotkey(
            "i",
            may(() => this.chosenVisit && this.callIn(this.chosenVisit))
        );
        useHotkey(
            "r",
            may(() => this.chosenRoom && this.roomNext(this.chosenRoom))
        );
        useHotkey(
            "o",
            may(
                () => this.chosenRoom?.visits[0] && this.step(this.chosenRoom.visits[0], "checkout")
            )
        );
    }

    // What is shown

    get data() {
        return this.state.data;
    }

    get waiting() {
        return this.data.arrived;
    }

    get rooms() {
        return this.data.chairs;
    }

    get chosenVisit() {
        return this.waiting.find((row) => row.id === this.state.visitId);
    }

    get chosenRoom() {
        return this.rooms.find((room) => room.id === this.state.roomId);
    }

    moment(text) {
        return text && deserializeDateTime(text);
    }

    roomState(room) {
        return STATES[room.state];
    }

    /** Whether students may be with this patient: colour of the word on the card. */
    studentCss(row) {
        return flagCss(row.student.level);
    }

    spent(row) {
        return row.seated_at
            ? _t("%s min", minutesBetween(this.moment(row.seated_at), this.clock.now))
            : "";
    }

    roomButton(room) {
        return { dirty: _t("Clean it"), cleaning: _t("It is ready") }[room.state] || _t("To clean");
    }

    // Doing

    async load() {
        const data = await this.latest(this.orm.call("dental.today", "data", []));
        if (!data) {
            return;
        }
        this.state.data = data;
        this.clock.setServerTime(deserializeDateTime(data.now));
        this.state.visitId = (this.chosenVisit || this.waiting[0])?.id ?? null;
        this.state.roomId = (this.chosenRoom || this.rooms[0])?.id ?? null;
    }

    walk(rows, by, selected) {
        const index = rows.findIndex((row) => row.id === this.state[selected]);
        const next = rows[Math.min(Math.max(0, index + by), rows.length - 1)];
        this.state[selected] = next?.id ?? null;
    }

    dragStart(ev, row) {
        this.state.visitId = row.id;
        ev.dataTransfer?.setData("text/plain", String(row.id));
    }

    drop(room) {
        this.state.over = null;
        return this.seat(this.chosenVisit, room);
    }

    /** Seat somebody who waits, in the booked chair or in another one. */
    seat(row, room) {
        if (!row || !room || row.restricted) {
            return;
        }
        this.state.roomId = room.id;
        const gate = { context: { dental_gate_dialog: true } };
        return this.call(row, "action_seat_in", [room.id], _t("seated in %s", room.name), gate);
    }

    /** One request, then the board again; keys pressed meanwhile wait for their turn. */
    call(row, method, args, done, kwargs = {}) {
        return this.steps.exec(async () => {
            try {
                const ids = [row.id];
                const result = await this.orm.call(
                    "dental.appointment",
                    method,
                    [ids, ...args],
                    kwargs
                );
                if (result?.type) {
                    await this.action.doAction(result, { onClose: () => this.load() });
                }
                this.state.said = `${row.patient}: ${done}`;
            } catch (error) {
                this.notification.add(refusal(error), { title: row.patient, type: "warning" });
            } finally {
                await this.load();
            }
        });
    }
}

registry.category("actions").add("dental_room_board", RoomBoard);
