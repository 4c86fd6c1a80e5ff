import { registry } from "@web/core/registry";

const LEGEND = ".o_dental_legend";

// A visit is cancelled; its time is offered to those who wait, by phone, and the first has it.
registry.category("web_tour.tours").add("dental_cancel_refill", {
    steps: () => [
        {
            content: "Opens the visit",
            trigger: ".o_list_view .o_data_row:contains(Kowalski) .o_data_cell[name=type_id]",
            run: "click",
        },
        {
            content: "It is broken",
            trigger: ".o_form_view button[name=action_open_break]:enabled",
            run: "click",
        },
        {
            content: "In good time is proposed",
            trigger: ".o_dialog [data-status=cancelled][aria-checked=true]",
        },
        {
            content: "Why",
            trigger: ".o_dialog #dental_broken_reason_id",
            run: "selectByLabel Work or school",
        },
        {
            content: "It waits for another place",
            trigger: ".o_dialog [data-then=planned]",
            run: "click",
        },
        {
            content: "The visit is planned",
            trigger: ".o_form_view .o_field_widget[name=next_action] input:value(Find a place)",
        },
        {
            content: "Its time can be filled",
            trigger: ".o_notification button:contains(Fill the hole)",
            run: "click",
        },
        {
            content: "Who fits best stands first, with the reasons",
            trigger: ".o_form_view .o_data_row:first:contains(Lund):contains(urgent)",
        },
        { content: "Calls them", trigger: "button[name=action_call]:enabled", run: "click" },
        {
            content: "The first is marked",
            trigger: ".o_list_view .o_data_row.o_dental_current:contains(Lund)",
        },
        {
            content: "Nobody answers",
            trigger: `${LEGEND} [data-outcome=no_answer]`,
            run: "click",
        },
        {
            content: "The next is marked",
            trigger: ".o_list_view .o_data_row.o_dental_current:contains(Sow)",
        },
        { content: "He takes it", trigger: `${LEGEND} [data-outcome=accepts]`, run: "click" },
        { content: "It is his", trigger: ".o_notification:contains(is booked)" },
    ],
});
