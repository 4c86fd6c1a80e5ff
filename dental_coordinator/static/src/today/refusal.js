import { RPCError } from "@web/core/network/rpc";

const REFUSALS = ["UserError", "ValidationError", "AccessError"].map(
    (name) => `odoo.exceptions.${name}`
);

/**
 * What the server said when it refused.
 *
 * @throws whatever else went wrong
 */
export function refusal(error) {
    if (error instanceof RPCError && REFUSALS.includes(error.exceptionName)) {
        return error.data.message;
    }
    throw error;
}
