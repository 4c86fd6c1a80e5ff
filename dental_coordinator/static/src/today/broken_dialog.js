import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { deserializeDateTime, toLocaleDateString } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

export const WAYS = {
    missed: { label: _t("Missed"), hint: _t("did not come, did not call") },
    cancelled_late: { label: _t("Cancelled late"), hint: _t("too late to fill") },
    cancelled: { label: _t("Cancelled in time"), hint: _t("not held against the patient") },
    cancelled_clinic: { label: _t("We cancelled"), hint: _t("not held against the patient") },
};

const THENS = [
    { then: "planned", key: "L", label: _t("To the list"), hint: _t("waits for another place") },
    { then: "tray", key: "T", label: _t("To my tray"), hint: _t("I put it in elsewhere") },
    { then: "rebook", key: "R", label: _t("Rebook now"), hint: _t("shows free places") },
    { then: "nothing", key: "N", label: _t("Nothing more"), hint: _t("no visit follows") },
];

/** How a visit is broken, why, and what becomes of it. A number, then a letter, answers. */
export class BrokenDialog extends Component {
    static template = "dental_coordinator.BrokenDialog";
    static components = { Dialog };
    static props = { close: Function, data: Object, onChosen: Function };

    setup() {
        this.state = useState({
            how: this.props.data.proposed,
            reasonId: false,
            reason: "",
            charge: true,
            waived: "",
        });
        this.thens = THENS;
        this.ways.forEach(({ status }, index) =>
            useHotkey(`${index + 1}`, () => (this.state.how = status))
        );
        THENS.forEach(({ then, key }) => useHotkey(key.toLowerCase(), () => this.choose(then)));
    }

    get ways() {
        return this.props.data.ways.map((way) => ({ ...way, ...WAYS[way.status] }));
    }

    get chosen() {
        return this.ways.find((way) => way.status === this.state.how);
    }

    get reasons() {
        const ours = this.state.how === "cancelled_clinic";
        return this.props.data.reasons.filter((reason) => reason.by_clinic === ours);
    }

    get reason() {
        return this.reasons.find((reason) => reason.id === this.state.reasonId);
    }

    /** The fee that the rule asks for, unless the reason excuses it. */
    get fee() {
        return this.reason?.no_fee ? false : this.chosen.fee;
    }

    get history() {
        const { broken_count: count, last_broken: last } = this.props.data;
        return count
            ? _t("Broken before: %s, last %s", count, toLocaleDateString(deserializeDateTime(last)))
            : "";
    }

    chooseReason(ev) {
        this.state.reasonId = Number(ev.target.value) || false;
    }

    choose(then) {
        const { how, reason, waived } = this.state;
        const charge = Boolean(this.fee) && this.state.charge;
        this.props.close();
        this.props.onChosen(this.chosen, {
            how,
            then,
            reason: reason.trim(),
            reason_id: this.reason?.id || false,
            charge,
            waived: this.fee && !charge ? waived.trim() || _t("no reason given") : false,
        });
    }
}
