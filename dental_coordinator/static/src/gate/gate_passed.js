import { useEnv } from "@odoo/owl";
import { useBus } from "@web/core/utils/hooks";

/** The event by which a screen takes over what follows a passed gate. */
export const GATE_PASSED = "DENTAL:GATE-PASSED";

/** Call back when somebody passed a gate on this screen, which then looks again by itself. */
export function useGatePassed(callback) {
    useBus(useEnv().bus, GATE_PASSED, (ev) => {
        ev.detail.handled = true;
        callback();
    });
}
