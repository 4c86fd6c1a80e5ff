/** Areas of a page as the server takes them: parts of its width and height from the top left. */

const SMALLEST = 0.005;

const within = (value) => Math.min(Math.max(value, 0), 1);
const tidy = (value) => Math.round(value * 1e5) / 1e5;

/** The area between two corners {x, y}, or null for what is but a click. */
export function areaBetween(page, one, other) {
    const [left, right] = [within(one.x), within(other.x)].sort((a, b) => a - b);
    const [top, bottom] = [within(one.y), within(other.y)].sort((a, b) => a - b);
    if (right - left < SMALLEST || bottom - top < SMALLEST) {
        return null;
    }
    return {
        page,
        x: tidy(left),
        y: tidy(top),
        width: tidy(right - left),
        height: tidy(bottom - top),
    };
}

/** Where a pointer is on an element, in parts of its size. */
export function pointOn(element, { clientX, clientY }) {
    const box = element.getBoundingClientRect();
    return { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height };
}

export function placeOf({ x, y, width, height }) {
    const percent = (value) => `${value * 100}%`;
    return `left:${percent(x)};top:${percent(y)};width:${percent(width)};height:${percent(height)}`;
}

/** The area moved by a key, still on its page. */
export function moved(area, dx, dy) {
    return {
        ...area,
        x: tidy(Math.min(Math.max(area.x + dx, 0), 1 - area.width)),
        y: tidy(Math.min(Math.max(area.y + dy, 0), 1 - area.height)),
    };
}
