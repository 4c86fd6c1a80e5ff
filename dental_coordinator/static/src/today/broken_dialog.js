import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";

const WAYS = [
    { status: "missed", label: _t("Missed"), hint: _t("did not come, did not call") },
    { status: "cancelled_late", label: _t("Cancelled late"), hint: _t("too late to fill") },
    { status: "cancelled", label: _t("Cancelled in time"), hint: _t("the time can be filled") },
    {
        status: "cancelled_clinic",
        label: _t("We cancelled"),
        hint: _t("not held against the patient"),
    },
];

/** Why a visit does not take place. One key answers, a reason may be added. */
export class BrokenDialog extends Component {
    static template = "dental_coordinator.BrokenDialog";
    static components = { Dialog };
    static props = { close: Function, row: Object, onChosen: Function };

    setup() {
        this.state = useState({ reason: "" });
        this.ways.forEach((way, index) => useHotkey(`${index + 1}`, () => this.choose(way)));
    }

    get ways() {
        return WAYS.filter((way) => this.props.row.breaks.includes(way.status));
    }

    choose(way) {
        this.props.close();
        this.props.onChosen(way, this.state.reason.trim());
    }
}
