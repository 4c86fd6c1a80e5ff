import { Component } from "@odoo/owl";
import { useCommand } from "@web/core/commands/command_hook";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

// Free in Odoo, Chromium, Firefox and Safari; Odoo turns Alt into Control on a Mac.
export const HOTKEY = "alt+shift+f";

/** The search for a patient's file, from everywhere: an icon, a key, an entry of the palette. */
export class FindPatientMenu extends Component {
    static template = "dental_coordinator.FindPatientMenu";
    static props = {};

    setup() {
        this.findPatient = useService("dental_find_patient");
        useCommand(_t("Find patient"), () => this.findPatient.open(), {
            category: "app",
            hotkey: HOTKEY,
            global: true,
            hotkeyOptions: { bypassEditableProtection: true, global: true },
        });
    }
}

registry.category("systray").add(
    "dental_find_patient",
    {
        Component: FindPatientMenu,
        // The server gives this to the dental team alone.
        isDisplayed: () => Boolean(user.context.dental_names),
    },
    { sequence: 110 }
);
