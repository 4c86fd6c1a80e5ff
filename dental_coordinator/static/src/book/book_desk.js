import { markup } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { Mutex } from "@web/core/utils/concurrency";
import { escape } from "@web/core/utils/strings";
import { refusal } from "../today/refusal";

const UNDO_FOR = 10_000;

/** What is done to visits from the book: one request each, one after the other, with a way back. */
export class BookDesk {
    constructor({ orm, notification, reload, nameOf }) {
        Object.assign(this, { orm, notification, reload, nameOf });
        this.mutex = new Mutex();
    }

    /**
     * @returns {Promise<any>} what the server answered, undefined where it refused
     */
    do(who, method, model, args) {
        return this.mutex.exec(async () => {
            try {
                return (await this.orm.call(model, method, args)) ?? true;
            } catch (error) {
                this.refuse(who, refusal(error));
            } finally {
                await this.reload();
            }
        });
    }

    refuse(who, text) {
        const lines = text.split("\n").map((line) => escape(line));
        this.notification.add(markup(lines.join("<br/>")), {
            title: who,
            type: "warning",
            sticky: false,
            autocloseDelay: UNDO_FOR,
        });
    }

    /** Give a visit another place; what was can be undone. */
    async place(card, vals, said) {
        const who = this.nameOf(card);
        const before = await this.do(who, "book_place", "dental.appointment", [[card.id], vals]);
        if (before) {
            this.offerUndo(who, said, () => this.restore(card, before));
        }
        return Boolean(before);
    }

    restore(card, before) {
        const { status, ...place } = before;
        return status === "planned"
            ? this.do(this.nameOf(card), "action_to_tray", "dental.appointment", [[card.id]])
            : this.do(this.nameOf(card), "book_place", "dental.appointment", [[card.id], place]);
    }

    async toTray(card, place) {
        const who = this.nameOf(card);
        const done = await this.do(who, "action_to_tray", "dental.appointment", [[card.id]]);
        if (done && place) {
            this.offerUndo(who, _t("waits on the tray"), () =>
                this.do(who, "book_place", "dental.appointment", [[card.id], place])
            );
        }
    }

    offerUndo(who, said, undo) {
        const close = this.notification.add(`${who}: ${said}`, {
            type: "info",
            autocloseDelay: UNDO_FOR,
            buttons: [
                {
                    name: _t("Undo"),
                    onClick: () => {
                        close();
                        undo();
                    },
                },
            ],
        });
    }
}
