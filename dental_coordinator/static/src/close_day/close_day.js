import { useRef, useState } from "@odoo/owl";
import { deserializeDate, deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { registry } from "@web/core/registry";
import { formatTime } from "../wait_clock/moments";
import { refusal } from "../today/refusal";
import { Today } from "../today/today";

/** The end of the day: each that is still open, with the key that settles it, and the last word. */
export class CloseDay extends Today {
    static template = "dental_coordinator.CloseDay";
    static displayName = _t("Close the day");

    setup() {
        super.setup();
        this.reason = useRef("reason");
        this.closing = useState({ reason: "" });
        useHotkey("l", () => this.selectedPerson && this.leaves(this.selectedPerson));
    }

    /** The board's own rows do not stand here: three lists do. */
    get columns() {
        const { inside, undecided, people } = this.data;
        return [
            { key: "inside", rows: inside },
            { key: "undecided", rows: undecided },
            { key: "people", rows: people.map((person) => this.personRow(person)) },
        ];
    }

    get title() {
        return deserializeDate(this.data.day).toLocaleString({
            weekday: "long",
            day: "numeric",
            month: "long",
        });
    }

    get selectedPerson() {
        return this.selected?.person;
    }

    personRow(person) {
        return { id: `person-${person.id}`, hole: true, person };
    }

    since(person) {
        return formatTime(deserializeDateTime(person.in_at));
    }

    get closedAt() {
        return this.data.closed_at && formatTime(deserializeDateTime(this.data.closed_at));
    }

    async load() {
        const data = await this.latest(this.orm.call("dental.today", "closing", []));
        if (!data) {
            return;
        }
        this.state.data = data;
        this.clock.setServerTime(deserializeDateTime(this.data.now));
        this.keepSelection(null);
    }

    open(row) {
        return row.person ? this.leaves(row.person) : super.open(row);
    }

    fill() {
        return null;
    }

    async leaves(person) {
        await this.orm.call("dental.presence", "action_leave", [[person.id]]);
        this.state.said = _t("%s has left", person.name);
        await this.load();
    }

    async close() {
        try {
            await this.orm.call("dental.day", "close", [this.closing.reason]);
            this.notification.add(_t("The day is closed."), { type: "success" });
        } catch (error) {
            this.notification.add(refusal(error), { type: "warning" });
            this.reason.el?.focus();
        } finally {
            await this.load();
        }
    }
}

registry.category("actions").add("dental_close_day", CloseDay);
