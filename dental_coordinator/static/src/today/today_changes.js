import { onWillUnmount } from "@odoo/owl";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

const CHANGED = "dental.today/changed";
const TOGETHER = 300;

/** Call back when somebody changed the day of one of the chosen clinics; several changes are one. */
export function useTodayChanges(callback) {
    const bus = useService("bus_service");
    const channels = user.activeCompanies.map((company) => `dental_today_${company.id}`);
    const onChanged = useDebounced(callback, TOGETHER);
    channels.forEach((channel) => bus.addChannel(channel));
    bus.subscribe(CHANGED, onChanged);
    onWillUnmount(() => {
        bus.unsubscribe(CHANGED, onChanged);
        channels.forEach((channel) => bus.deleteChannel(channel));
    });
}
