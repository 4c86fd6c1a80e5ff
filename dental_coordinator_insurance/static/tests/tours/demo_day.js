import { registry } from "@web/core/registry";

// Today opens its lists; the remittance that waits shows its remainder and can be posted.
registry.category("web_tour.tours").add("dental_demo_day", {
    steps: () => [
        { content: "somebody is here", trigger: ".o_dental_today [data-counter='in']" },
        { trigger: ".o_dental_today [data-counter='in']", run: "click" },
        { content: "the list of the same visits", trigger: ".o_list_view .o_data_row" },
        { trigger: ".o_menu_sections button:contains('Money')", run: "click" },
        { trigger: ".o-dropdown--menu a:contains('Remittances')", run: "click" },
        {
            trigger: ".o_list_view .o_data_row:has(.badge:contains('To match')) .o_data_cell",
            run: "click",
        },
        { content: "it may be posted", trigger: ".o_form_view button[name='action_post']" },
        { trigger: ".o_menu_sections button:contains('Money')", run: "click" },
        { trigger: ".o-dropdown--menu a:contains('Claims')", run: "click" },
        { content: "claims wait", trigger: ".o_list_view .o_data_row" },
    ],
});
