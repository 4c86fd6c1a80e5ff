import { onWillUnmount } from "@odoo/owl";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

const CHANGED = "dental.today/changed";
const TOGETHER = 300;

/** How many listeners there are on this page: one that leaves does not deafen the others. */
const listeners = new Map();

function listen(bus, channel) {
    listeners.set(channel, (listeners.get(channel) || 0) + 1);
    bus.addChannel(channel);
}

function leave(bus, channel) {
    const left = listeners.get(channel) - 1;
    listeners.set(channel, left);
    if (!left) {
        bus.deleteChannel(channel);
    }
}

/** Call back when somebody changed the day of one of the chosen clinics; several changes are one. */
export function useTodayChanges(callback) {
    const bus = useService("bus_service");
    const channels = user.activeCompanies.map((company) => `dental_today_${company.id}`);
    const onChanged = useDebounced(callback, TOGETHER);
    channels.forEach((channel) => listen(bus, channel));
    bus.subscribe(CHANGED, onChanged);
    onWillUnmount(() => {
        bus.unsubscribe(CHANGED, onChanged);
        channels.forEach((channel) => leave(bus, channel));
    });
}
