/**
 * The visit so many lines below the selected one, or the nearest in time so many columns to the
 * right; the first one of all where none is selected.
 *
 * @param {import("./book_layout").BookLayout} layout
 * @returns {number | null} its id
 */
export function nextSelected(layout, selectedId, right, down) {
    const { columns } = layout;
    const isSelected = ({ card }) => card.id === selectedId;
    let at = columns.findIndex((column) => column.placed.some(isSelected));
    if (at < 0) {
        return columns.find((column) => column.placed.length)?.placed[0].card.id ?? null;
    }
    const { placed } = columns[at];
    const row = placed.findIndex(isSelected);
    if (!right) {
        return placed[Math.min(Math.max(0, row + down), placed.length - 1)].card.id;
    }
    do {
        at += right;
    } while (columns[at]?.placed.length === 0);
    const { from } = placed[row];
    const distance = (place) => Math.abs(place.from - from);
    const near = columns[at]?.placed.toSorted((a, b) => distance(a) - distance(b))[0];
    return near ? near.card.id : selectedId;
}
