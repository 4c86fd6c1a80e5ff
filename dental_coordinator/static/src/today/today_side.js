import { Component, useState } from "@odoo/owl";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { formatTime } from "../wait_clock/moments";

/** What the day is about beside visits: who is in, the note, tasks and what was promised. */
export class TodaySide extends Component {
    static template = "dental_coordinator.TodaySide";
    static props = { data: Object, onChanged: Function };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ writing: false, note: "", task: "" });
    }

    get tasks() {
        return (this.props.data.tasks || []).map((task) => {
            const due = deserializeDateTime(task.due_at);
            return { ...task, time: formatTime(due), over: task.due_at < this.props.data.now };
        });
    }

    get me() {
        return this.props.data.me_in ? _t("I go") : _t("I am in");
    }

    async toggleMe() {
        await this.orm.call("dental.presence", "toggle_me", []);
        this.props.onChanged();
    }

    write() {
        this.state.note = this.props.data.note;
        this.state.writing = true;
    }

    async keepNote() {
        const { day } = this.props.data;
        await this.orm.call("dental.day", "set_note", [day, this.state.note]);
        this.state.writing = false;
        this.props.onChanged();
    }

    async addTask() {
        const text = this.state.task.trim();
        if (text) {
            this.state.task = "";
            await this.orm.call("dental.today", "add_task", [text]);
            this.props.onChanged();
        }
    }

    async done(task) {
        await this.orm.call("dental.task", "action_done", [[task.id]]);
        this.props.onChanged();
    }
}
