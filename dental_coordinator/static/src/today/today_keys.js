import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { STEPS } from "./today_row";

/** Keys of what is done to a visit besides its steps, and the method of the board. */
const DOINGS = {
    x: "break",
    b: "back",
    k: "checkIn",
    i: "callIn",
    m: "miss",
    w: "expect",
    g: "gate",
};

/** Whether Enter belongs to what has the focus, as a button or link. */
function answersEnter(target) {
    return Boolean(target.closest("a, button, [role=menuitem]"));
}

/**
 * The keys of the board. They act on the selected visit wherever the focus is, except in a field,
 * a menu or a dialog.
 *
 * @param {import("./today").Today} board
 */
export function useTodayKeys(board) {
    const arrows = {
        arrowup: [0, -1],
        arrowdown: [0, 1],
        arrowleft: [-1, 0],
        arrowright: [1, 0],
    };
    for (const [key, [right, down]] of Object.entries(arrows)) {
        useHotkey(key, () => board.move(right, down), { allowRepeat: true });
    }
    const withSelected = (act) => () => board.selected && act(board.selected);
    useHotkey(
        "enter",
        withSelected((row) => board.open(row)),
        {
            isAvailable: (target) => !answersEnter(target),
        }
    );
    useHotkey("f", () =>
        board.selected?.hole ? board.fill(board.selected) : board.findPatient.open()
    );
    const move = withSelectedMovable(board);
    for (const [step, { key }] of Object.entries(STEPS)) {
        useHotkey(
            key.toLowerCase(),
            move((row) => board.step(row, step))
        );
    }
    for (const [key, doing] of Object.entries(DOINGS)) {
        useHotkey(
            key,
            move((row) => board[doing](row))
        );
    }
}

/** Act on the selected visit, where one may move it; of a restricted one, ask for the file. */
function withSelectedMovable(board) {
    return (act) => () => {
        const row = board.selected;
        if (row && !row.hole && board.data.may_move) {
            return row.restricted ? board.open(row) : act(row);
        }
    };
}
