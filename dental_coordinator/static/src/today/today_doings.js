import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { GateDialog } from "../gate/gate_dialog";
import { STEPS } from "./today_row";

/** A closed gate is shown with its reasons, rather than refused. */
const WITH_GATE = { context: { dental_gate_dialog: true } };
/** The status that the usual step of a row leads to. */
const LEADS_TO = { arrive: "arrived", seat: "seated", checkout: "checkout", done: "done" };

/** What can be done to a visit from a board, each by one key; `call` is the board's. */
export class TodayDoings extends Component {
    turn = 0;

    /**
     * What a request answers; nothing where a later one was made meanwhile. It always resolves:
     * a step that waits for its look must not wait for ever because the bus asked for another.
     */
    async latest(request) {
        const turn = ++this.turn;
        const answer = await request;
        return turn === this.turn || !this.state.data ? answer : null;
    }

    step(row, step) {
        return this.call(row, `action_${step}`, [], STEPS[step].label, WITH_GATE);
    }

    /** Open the check-in card. */
    checkIn(row) {
        return this.call(row, "action_open_checkin", [], _t("check-in card"));
    }

    callIn(row) {
        return this.call(row, "action_call_in", [], _t("called in"));
    }

    /** Comes later: the visit is not proposed as missed for a while. */
    expect(row) {
        return this.call(row, "action_expect", [], _t("is waited for"));
    }

    /** Accept the proposal that the patient does not come; it can be undone. */
    async miss(row) {
        const way = { label: _t("Missed") };
        if (!row.breaks.includes("missed")) {
            return this.break(row);
        }
        if (await this.call(row, "action_miss", [], way.label)) {
            this.offerUndo(row, way);
        }
    }

    /** Who could come into a hole. */
    async fill(hole) {
        const when = [hole.chair_id, hole.start, hole.stop, hole.provider_id];
        return this.action.doAction(await this.orm.call("dental.today", "fill", when), {
            onClose: () => this.load(),
        });
    }

    /** What stands in the way of the next step, before it is taken. */
    async gate(row) {
        const step = LEADS_TO[row.usual];
        if (step) {
            const gate = await this.orm.call("dental.appointment", "gate", [[row.id], step]);
            this.dialog.add(GateDialog, {
                gate,
                onPassed: async (next) => {
                    await (next?.type && this.action.doAction(next));
                    await this.load();
                },
            });
        }
    }

    async roomNext(chair) {
        await this.orm.call("dental.operatory", "action_room_next", [[chair.id]]);
        await this.load();
    }
}
