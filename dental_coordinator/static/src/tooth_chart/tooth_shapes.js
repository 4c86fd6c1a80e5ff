/**
 * Shapes of a drawn tooth: a square crown with five surfaces, and its roots.
 * Upper teeth stand root up, lower ones root down; the inner side always faces the midline.
 */

const SIZE = 44;
const EDGE = 2;
const INSET = 13;
const ROOT = 46;

/** Which surface lies where in the crown: the mesial one is the one nearer to the midline. */
export function surfacePlaces(tooth) {
    const [mesial, centre, distal, ...sides] = tooth.surfaces;
    const upper = tooth.arch === "upper";
    const outer = sides.find((letter) => letter !== "L");
    return {
        top: upper ? outer : "L",
        bottom: upper ? "L" : outer,
        left: tooth.right ? distal : mesial,
        right: tooth.right ? mesial : distal,
        centre,
    };
}

function crownTop(tooth) {
    return tooth.arch === "upper" ? ROOT : 0;
}

/** SVG points of the five surfaces: [{letter, points}] */
export function surfaces(tooth) {
    const places = surfacePlaces(tooth);
    const y = crownTop(tooth);
    const [a, b, c, d] = [EDGE, EDGE + INSET, SIZE - EDGE - INSET, SIZE - EDGE];
    const at = (...pairs) => pairs.map(([px, py]) => `${px},${y + py}`).join(" ");
    const shapes = {
        top: at([a, a], [d, a], [c, b], [b, b]),
        right: at([d, a], [d, d], [c, c], [c, b]),
        bottom: at([d, d], [a, d], [b, c], [c, c]),
        left: at([a, d], [a, a], [b, b], [b, c]),
        centre: at([b, b], [c, b], [c, c], [b, c]),
    };
    return Object.entries(shapes).map(([place, points]) => ({ letter: places[place], points }));
}

function rootCount(tooth) {
    const position = Number(tooth.tooth[1]);
    const molar = position >= (tooth.primary ? 4 : 6);
    if (molar) {
        return tooth.arch === "upper" ? 3 : 2;
    }
    return tooth.arch === "upper" && position === 4 ? 2 : 1;
}

/** SVG path of the roots, tips away from the midline. */
export function roots(tooth) {
    const upper = tooth.arch === "upper";
    const count = rootCount(tooth);
    const margin = count === 1 ? 4 * EDGE : EDGE;
    const width = (SIZE - 2 * margin) / count;
    const neck = upper ? ROOT - 1 : SIZE + 1;
    const tip = upper ? 4 : SIZE + ROOT - 4;
    const bend = (neck + 2 * tip) / 3;
    return Array.from({ length: count }, (_, index) => {
        const left = margin + index * width;
        const right = left + width;
        const middle = (left + right) / 2;
        return `M${left},${neck} Q${left},${bend} ${middle},${tip} Q${right},${bend} ${right},${neck} Z`;
    }).join(" ");
}

export const VIEW_BOX = `0 0 ${SIZE} ${SIZE + ROOT}`;
export const CROSS = `M4,4 L${SIZE - 4},${SIZE + ROOT - 4} M${SIZE - 4},4 L4,${SIZE + ROOT - 4}`;
