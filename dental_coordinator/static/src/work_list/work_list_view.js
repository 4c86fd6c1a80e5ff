import {
    onWillStart,
    reactive,
    useEffect,
    useExternalListener,
    useState,
    useSubEnv,
} from "@odoo/owl";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Mutex } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { ListController } from "@web/views/list/list_controller";
import { ListRenderer } from "@web/views/list/list_renderer";
import { listView } from "@web/views/list/list_view";
import { refusal } from "../today/refusal";

const KEYS = 6;
const UNDO_KEYS = ["z", "u"];
const UNDO_FOR = 12_000;

/** Marks the row that the next outcome is for. */
export class WorkListRenderer extends ListRenderer {
    setup() {
        super.setup();
        this.work = useState(this.env.dentalWork);
    }

    getRowClass(record) {
        const css = super.getRowClass(record);
        return record.resId === this.work.resId ? `${css} o_dental_current table-active` : css;
    }
}

/**
 * A list that is worked through: each row is answered by one of a few outcomes, by key or button,
 * and the next row is there.
 *
 * The model says which outcomes there are (`work_outcomes`) and what each does (`work_outcome`).
 */
export class WorkListController extends ListController {
    static template = "dental_coordinator.WorkListView";

    setup() {
        this.work = useState(reactive({ resId: false, outcomes: [], said: "", press: false }));
        useSubEnv({ dentalWork: this.work });
        super.setup();
        this.notification = useService("notification");
        this.mutex = new Mutex();
        onWillStart(async () => {
            this.work.outcomes = await this.orm.call(this.props.resModel, "work_outcomes", [], {
                context: this.props.context,
            });
        });
        for (let index = 0; index < KEYS; index++) {
            useHotkey(`${index + 1}`, () => this.give(this.work.outcomes[index]));
        }
        for (const key of UNDO_KEYS) {
            useHotkey(key, () => this.undo());
        }
        useExternalListener(window, "focusin", (ev) => this.followFocus(ev.target));
        useEffect(
            (ready) => {
                if (ready) {
                    this.select(this.current || this.rows[0]);
                }
            },
            () => [this.model.isReady && this.rows.length]
        );
    }

    /** Records in the order of the screen, those of folded groups left out. */
    get rows() {
        const unfold = (list) =>
            list.isGrouped
                ? list.groups.filter((group) => !group.isFolded).flatMap((g) => unfold(g.list))
                : list.records;
        return unfold(this.model.root);
    }

    get current() {
        return this.rows.find((record) => record.resId === this.work.resId);
    }

    get legend() {
        return this.work.outcomes.map((outcome, index) => ({ ...outcome, number: index + 1 }));
    }

    get target() {
        const { selection } = this.model.root;
        if (selection.length) {
            return selection.length === 1
                ? _t("for the chosen row")
                : _t("for %s chosen rows", selection.length);
        }
        return this.current ? _t("for the marked row") : _t("choose a row");
    }

    select(record) {
        this.work.resId = record?.resId || false;
        const row = record && this.rootRef.el?.querySelector(`.o_data_row[data-id="${record.id}"]`);
        row?.querySelector("td.o_data_cell")?.focus();
    }

    followFocus(target) {
        const id = target.closest?.(".o_data_row")?.dataset.id;
        const record = id && this.rows.find((row) => row.id === id);
        if (record) {
            this.work.resId = record.resId;
        }
    }

    /** Give the outcome to the chosen rows, or to the marked one; then go on with the next. */
    give(outcome) {
        const chosen = this.model.root.selection.length
            ? this.model.root.selection
            : [this.current].filter(Boolean);
        if (!outcome || !chosen.length) {
            return;
        }
        const ids = chosen.map((record) => record.resId);
        return this.mutex.exec(async () => {
            const next = this.nextAfter(ids);
            try {
                const answer = await this.orm.call(
                    this.props.resModel,
                    "work_outcome",
                    [ids, outcome.key],
                    { context: this.props.context }
                );
                this.tell(answer);
                if (answer.action) {
                    await this.actionService.doAction(answer.action, {
                        onClose: () => this.reload(next),
                    });
                }
            } catch (error) {
                this.notification.add(refusal(error), { type: "warning" });
            }
            await this.reload(next);
        });
    }

    /** Say what an outcome did; what can be taken back has a button for it. */
    tell({ message, level, press, said }) {
        this.closeUndo?.();
        this.work.press = press || false;
        this.work.said = [said, message].filter(Boolean).join(". ");
        const undo = { name: _t("Undo"), onClick: () => this.undo() };
        const close =
            this.work.said &&
            this.notification.add(this.work.said, {
                type: level || "info",
                ...(press && { autocloseDelay: UNDO_FOR, buttons: [undo] }),
            });
        this.closeUndo = press && close;
    }

    /** Take the last outcome in this list back: the one given here, or an earlier one of today. */
    undo() {
        return this.mutex.exec(async () => {
            let ids = [];
            try {
                const answer = await this.orm.call(
                    this.props.resModel,
                    "work_undo",
                    [this.work.press],
                    { context: this.props.context }
                );
                this.tell(answer);
                ids = answer.ids;
            } catch (error) {
                this.tell({ message: refusal(error), level: "warning" });
            }
            await this.reload(ids[0] || this.work.resId);
        });
    }

    /** The row after those, else the one before them; what an outcome leaves in the list stays. */
    nextAfter(ids) {
        const rows = this.rows;
        const last = rows.findLastIndex((record) => ids.includes(record.resId));
        const next = rows[last + 1] || rows[rows.findIndex((r) => ids.includes(r.resId)) - 1];
        return next?.resId || ids[0];
    }

    async reload(resId) {
        if (this.model.root) {
            await this.model.load();
            this.select(this.rows.find((record) => record.resId === resId) || this.rows[0]);
        }
    }
}

export const workListView = {
    ...listView,
    Controller: WorkListController,
    Renderer: WorkListRenderer,
};

registry.category("views").add("dental_work_list", workListView);
