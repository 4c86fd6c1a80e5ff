import { registry } from "@web/core/registry";

const sees = (trigger, content = `Sees ${trigger}`) => ({ content, trigger });
const clicks = (trigger) => ({ content: `Clicks ${trigger}`, trigger, run: "click" });
const presses = (key) => ({ content: `Presses ${key}`, trigger: "body", run: `press ${key}` });
const row = (column, name) =>
    `[data-column=${column}] .o_dental_today_row.o_selected:contains(${name})`;

// From the door to the door again: card, call, gate, chair, checkout, done, the room cleaned.
registry.category("web_tour.tours").add("dental_arrival_to_departure", {
    steps: () => [
        clicks("[data-column=next] .o_dental_today_row:contains(Marta)"),
        sees(row("next", "Marta")),
        presses("k"),
        clicks(".o_dental_checkin .o_field_widget[name=identity_ok] input"),
        clicks(".modal button[name=action_check_in]"),
        sees(row("arrived", "Marta")),
        sees("body:not(:has(.modal))", "The card is closed"),
        presses("i"),
        sees(".o_dental_today_called", "She is called, and the hall screen shows her ticket"),
        presses("s"),
        sees(".modal .o_dental_gate li[data-severity=stop]:contains(Premedication)"),
        clicks(".modal .o_dental_gate li[data-severity=stop] button"),
        clicks(".modal .o_dental_gate_go:enabled"),
        sees("body:not(:has(.modal))", "The gate is passed"),
        sees(row("chairs", "Marta")),
        presses("o"),
        sees("ul[aria-label='At checkout'] .o_dental_today_row:contains(Marta)"),
        sees(".o_dental_today_free:contains(to clean)"),
        presses("d"),
        sees("[data-counter=done]:contains(1)"),
        clicks(".o_dental_today_room:contains(Clean)"),
        clicks(".o_dental_today_room:contains(Ready)"),
        sees(".o_dental_today_free:contains(free)"),
    ],
});

// Whoever is still inside has left, whoever did not come is missed, the vendor is out.
registry.category("web_tour.tours").add("dental_day_close", {
    steps: () => [
        sees(".o_dental_close_last:contains(3 left)"),
        sees(row("inside", "Ana")),
        presses("d"),
        sees("[data-column=inside] .o_dental_today_empty"),
        sees(row("undecided", "Tom")),
        presses("m"),
        sees("[data-column=undecided] .o_dental_today_empty"),
        sees("[data-column=people] .o_selected:contains(Mr. Lee)"),
        presses("l"),
        sees("[data-column=people] .o_dental_today_empty"),
        clicks(".o_dental_close_last button.btn-primary"),
        sees(".o_dental_close_last:contains(Closed at)"),
    ],
});
