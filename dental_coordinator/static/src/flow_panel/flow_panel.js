import { Component, onWillStart, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useTodayChanges } from "../today/today_changes";
import { refusal } from "../today/refusal";

/** Visits of the statuses that concern one, on every screen; says when one gets there. */
export class FlowPanel extends Component {
    static template = "dental_coordinator.FlowPanel";
    static components = { Dropdown };
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.dropdown = useDropdownState();
        this.loads = new KeepLast();
        this.state = useState({ data: null, choosing: false });
        useTodayChanges(() => this.load());
        onWillStart(() => {
            this.load(); // the screen does not wait for it
        });
    }

    get groups() {
        return this.state.data.groups.filter((group) => group.watched);
    }

    get count() {
        return this.groups.reduce((sum, group) => sum + group.rows.length, 0);
    }

    async load() {
        const before = this.state.data && new Set(this.places());
        try {
            const { silent } = this.orm;
            this.state.data = await this.loads.add(silent.call("dental.today", "flow", []));
        } catch {
            return; // it stands on every screen: where it cannot look, it keeps quiet
        }
        if (before) {
            this.tell(before);
        }
    }

    /** Each watched visit with its status, as one word. */
    places() {
        return this.groups.flatMap((group) => group.rows.map((row) => `${group.status}/${row.id}`));
    }

    tell(before) {
        for (const group of this.groups) {
            for (const row of group.rows) {
                if (!before.has(`${group.status}/${row.id}`) && row.by !== user.userId) {
                    const words = { who: row.patient, what: group.label };
                    this.notification.add(_t("%(who)s: %(what)s", words), { type: "info" });
                }
            }
        }
    }

    async watch(group) {
        await this.orm.call("dental.today", "watch", [group.status, !group.watched]);
        await this.load();
    }

    open(row) {
        this.dropdown.close();
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "dental.appointment",
            res_id: row.id,
            views: [[false, "form"]],
        });
    }

    async step(row) {
        try {
            const ids = [row.id];
            const kwargs = { context: { dental_gate_dialog: true } };
            const method = `action_${row.usual}`;
            const next = await this.orm.call("dental.appointment", method, [ids], kwargs);
            if (next?.type) {
                this.dropdown.close();
                await this.action.doAction(next);
            }
        } catch (error) {
            this.notification.add(refusal(error), { title: row.patient, type: "warning" });
        }
        await this.load();
    }
}

registry.category("systray").add(
    "dental_coordinator.flow_panel",
    {
        Component: FlowPanel,
        // The server gives this to the dental team alone.
        isDisplayed: () => Boolean(user.context.dental_names),
    },
    { sequence: 60 }
);
