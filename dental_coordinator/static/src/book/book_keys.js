import { useExternalListener } from "@odoo/owl";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";

function answersEnter(target) {
    return Boolean(target.closest("a, button, [role=menuitem], .o_dental_book_panel"));
}

/**
 * The keys of the book. They act on the selected visit, except in a field or dialog.
 *
 * @param {import("./book").Book} book
 */
export function useBookKeys(book) {
    useSelectionKeys(book);
    useVisitKeys(book);
    useCalendarKeys(book);
}

function withSelected(book, act) {
    return () => book.selected && act(book.selected);
}

function useSelectionKeys(book) {
    const arrows = {
        arrowup: [0, -1],
        arrowdown: [0, 1],
        arrowleft: [-1, 0],
        arrowright: [1, 0],
    };
    for (const [key, [right, down]] of Object.entries(arrows)) {
        useHotkey(key, () => book.select(right, down), { allowRepeat: true });
        useHotkey(
            `shift+${key}`,
            withSelected(book, (card) => book.shift(card, right, down))
        );
    }
    const onCards = { isAvailable: (target) => !answersEnter(target) };
    useHotkey(
        "enter",
        withSelected(book, (card) => book.open(card)),
        onCards
    );
    useHotkey(
        "space",
        withSelected(book, (card) => book.togglePeek(card)),
        onCards
    );
    useHotkey("escape", () => book.leave());
}

function useVisitKeys(book) {
    useHotkey("n", () => book.booking.open());
    useHotkey("f", () => book.findPatient.open());
    useHotkey(
        "p",
        withSelected(book, (card) => book.booking.open({ patientId: card.patient_id }))
    );
    useHotkey(
        "t",
        withSelected(book, (card) => book.toTray(card))
    );
    useHotkey(
        "s",
        withSelected(book, (card) => book.printSlip(card))
    );
}

function useCalendarKeys(book) {
    useHotkey("h", () => book.nextPrivacy());
    useHotkey("w", () => book.switchLayout());
    useHotkey("home", () => book.goTo(book.data.today));
    useHotkey("pageup", () => book.jump({ days: -book.data.days.length }));
    useHotkey("pagedown", () => book.jump({ days: book.data.days.length }));
    useHotkey("shift+pageup", () => book.jump({ weeks: -1 }));
    useHotkey("shift+pagedown", () => book.jump({ weeks: 1 }));
    for (const months of [3, 4, 6]) {
        useHotkey(`${months}`, () => book.jump({ months }));
    }
    // Odoo's hotkeys know no function keys. Only those of a saved view are taken.
    useExternalListener(window, "keydown", (ev) => {
        const view = book.data.views.find((each) => each.function_key === ev.key);
        if (view && !ev.altKey && !ev.ctrlKey && !ev.shiftKey) {
            ev.preventDefault();
            book.useView(view.id);
        }
    });
}
