/* The hall screen asks for the calls of its own link; it has no login and knows no names. */
const EVERY = 4000;
const board = document.getElementById("calls");
const empty = board.firstElementChild;
let last = "";

function draw(calls) {
    const rows = calls.map(({ label, room }) => {
        const row = document.createElement("div");
        row.className = "call";
        for (const text of [label, `→ ${room}`]) {
            const part = document.createElement("span");
            part.textContent = text;
            row.append(part);
        }
        return row;
    });
    board.replaceChildren(...(rows.length ? rows : [empty]));
}

async function look() {
    try {
        const answer = await fetch(board.dataset.url, { cache: "no-store" });
        if (!answer.ok) {
            // Revoked: nothing that was shown stays on the screen.
            location.reload();
            return;
        }
        const { calls } = await answer.json();
        const now = JSON.stringify(calls);
        if (now !== last) {
            draw(calls);
            last = now;
        }
    } catch {
        // The cable is out: what is shown stays, and it is asked again.
    }
    setTimeout(look, EVERY);
}

look();
