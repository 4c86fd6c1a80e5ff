import { Component, onWillStart, useEffect, useRef, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { getActiveHotkey } from "@web/core/hotkeys/hotkey_service";
import { deserializeDate, deserializeDateTime, toLocaleDateString } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { KeepLast } from "@web/core/utils/concurrency";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { refusal } from "../today/refusal";
import { formatTime } from "../wait_clock/moments";
import { serverText } from "./server_text";

const PAUSE = 200;
const COMING = ["held", "scheduled", "confirmed"];
const INSIDE = ["arrived", "seated", "in_treatment", "checkout"];

/** Type a few letters, choose with the arrows, and open, book or check in with one key. */
export class FindPatientDialog extends Component {
    static template = "dental_coordinator.FindPatientDialog";
    static components = { Dialog };
    static props = { close: Function };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.input = useAutofocus({ mobile: true });
        this.list = useRef("list");
        this.answers = new KeepLast();
        this.state = useState({ text: "", asked: "", rows: [], index: 0, mayCreate: false });
        this.search = useDebounced(() => this.ask(), PAUSE);
        onWillStart(() => this.ask());
        useEffect(
            () => {
                this.list.el?.children[this.state.index]?.scrollIntoView({ block: "nearest" });
            },
            () => [this.state.index]
        );
    }

    get isRecent() {
        return !this.state.asked;
    }

    get current() {
        return this.state.rows[this.state.index];
    }

    get said() {
        const count = this.state.rows.length;
        if (this.isRecent) {
            return count === 1 ? _t("1 recent file") : _t("%s recent files", count);
        }
        return count === 1 ? _t("1 file found") : _t("%s files found", count);
    }

    /** What tells two people of one name apart. */
    details(row) {
        const born = row.birth_date && toLocaleDateString(deserializeDate(row.birth_date));
        return [row.number, born && _t("born %s", born), row.phone].filter(Boolean).join(" · ");
    }

    /** Whether he comes today, is here, or was. */
    today(row) {
        const { status, start } = row.visit;
        if (COMING.includes(status)) {
            return _t("today %s", formatTime(deserializeDateTime(start)));
        }
        return INSIDE.includes(status) ? _t("here") : "";
    }

    mayCheckIn(row) {
        return Boolean(row?.visit) && COMING.includes(row.visit.status);
    }

    // Searching

    async ask() {
        const asked = this.state.text.trim();
        const rows = await this.answers.add(
            asked
                ? this.orm.call("dental.patient", "find", [serverText(asked)])
                : this.orm.call("dental.patient", "recent", [])
        );
        Object.assign(this.state, { asked, rows, index: 0 });
        if (!rows.length) {
            this.state.mayCreate = await user.checkAccessRight("dental.patient", "create");
        }
    }

    // Keys

    /** In the field, letters are text: there Alt+B and Alt+C act; in the list, B and C do. */
    onKeydown(ev) {
        const inField = ev.target === this.input.el;
        const hotkey = getActiveHotkey(ev);
        const act = this.keys[inField ? hotkey : hotkey.replace("alt+", "")];
        if (act) {
            ev.preventDefault();
            ev.stopPropagation();
            act();
        } else if (!inField && /^([a-z0-9]|backspace)$/.test(hotkey)) {
            this.input.el.focus(); // and the letter goes there
        }
    }

    get keys() {
        return {
            arrowdown: () => this.move(1),
            arrowup: () => this.move(-1),
            enter: () => this.open(this.current),
            "alt+b": () => this.book(this.current),
            "alt+c": () => this.checkIn(this.current),
            ...(document.activeElement === this.input.el
                ? {}
                : {
                      b: () => this.book(this.current),
                      c: () => this.checkIn(this.current),
                  }),
        };
    }

    move(step) {
        const inField = document.activeElement === this.input.el;
        const index = inField && step > 0 ? this.state.index : this.state.index + step;
        if (index < 0) {
            this.input.el.focus();
        } else if (index < this.state.rows.length) {
            this.state.index = index;
            this.list.el.children[index].querySelector("button").focus();
        }
    }

    // Doing

    /** Open the file; of a restricted one, the form that asks for it. */
    open(row) {
        if (!row) {
            return;
        }
        this.props.close();
        if (row.restricted) {
            return this.action.doAction("dental_coordinator.dental_break_glass_action", {
                additionalContext: { default_patient_number: row.number },
            });
        }
        return this.openForm(row.id);
    }

    create() {
        this.props.close();
        return this.openForm(false);
    }

    openForm(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "dental.patient",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    async book(row) {
        if (row && !row.restricted) {
            const action = await this.call(row, "action_book");
            if (action) {
                this.props.close();
                await this.action.doAction(action);
            }
        }
    }

    async checkIn(row) {
        if (row && !row.restricted && (await this.call(row, "action_check_in"))) {
            this.props.close();
            this.notification.add(_t("%s has arrived.", row.name), { type: "success" });
        }
    }

    async call(row, method) {
        try {
            return await this.orm.call("dental.patient", method, [[row.id]]);
        } catch (error) {
            this.notification.add(refusal(error), { title: row.name, type: "warning" });
            return false;
        }
    }
}
