import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { BrokenDialog } from "./broken_dialog";

/** The time that was given back can be filled at once. */
function offerFill({ services: { action, notification, orm } }, ids, data) {
    const close = notification.add(_t("%s has given its time back", data.number), {
        type: "info",
        autocloseDelay: 10_000,
        buttons: [
            {
                name: _t("Fill the hole"),
                primary: true,
                onClick: async () => {
                    close();
                    action.doAction(
                        await orm.call("dental.appointment", "action_fill_hole", [ids])
                    );
                },
            },
        ],
    });
}

/** Ask how a visit is broken, and do it: the action behind the button on forms and lists. */
async function breakVisit(env, action) {
    const { orm, dialog, notification, action: actions } = env.services;
    const ids = [action.params.visit_id];
    const data = await orm.call("dental.appointment", "break_data", [ids]);
    if (!data.ways.length) {
        return notification.add(
            _t("%s is in the house or done with. Take the last step back first.", data.number),
            { type: "warning" }
        );
    }
    const reload = () => actions.doAction({ type: "ir.actions.client", tag: "soft_reload" });
    dialog.add(BrokenDialog, {
        data,
        onChosen: async (way, choice) => {
            const next = await orm.call("dental.appointment", "action_break", [ids], choice);
            await (next?.type ? actions.doAction(next, { onClose: reload }) : reload());
            if (data.hole && way.status !== "missed") {
                offerFill(env, ids, data);
            }
        },
    });
}

registry.category("actions").add("dental_break_visit", breakVisit);
