import { registry } from "@web/core/registry";

import { clicks, does, opensMenu, sees, told } from "./steps";

const MONEY = "dental_coordinator.menu_money";
const menu = (entry) => opensMenu(MONEY, `dental_coordinator_insurance.menu_dental_${entry}`);
const row = (text) => `.o_list_view .o_data_row:contains(${text})`;
const current = (text) => `.o_statusbar_status .o_arrow_button_current:contains(${text})`;

// The day's claims go into one file; the one that lacks something stays, and says what.
registry.category("web_tour.tours").add("dental_claims_file", {
    steps: () => [
        ...menu("claim"),
        sees(`${row(told("held"))} .badge:contains(Held)`, "One lacks something"),
        clicks(".o_list_view thead .o_list_record_selector input", "Takes all"),
        does("action_send", ".o_control_panel"),
        sees(".o_form_view .o_field_widget[name=filename]", "The file is written"),
        ...menu("claim"),
        sees(`${row(told("sent"))} .badge:contains(Sent)`, "The good one went"),
        clicks(`${row(told("held"))} .o_data_cell[name=number]`, "Opens the other"),
        sees(
            ".o_field_widget[name=gaps_html] a:contains(Open)",
            "It says what it lacks, and where"
        ),
    ],
});

// A payer's payment: everything is matched, nothing remains, one click posts it.
registry.category("web_tour.tours").add("dental_claims_post", {
    steps: () => [
        ...menu("remittance"),
        clicks(`${row(told("trace"))} .o_data_cell[name=number]`, "Opens the payment"),
        sees(".o_field_widget[name=remainder]:contains(0.00)", "Nothing remains"),
        does("action_post"),
        sees(current("Posted"), "It is posted"),
    ],
});

// A denial: found on the list of outstanding claims, appealed with a letter made of facts.
registry.category("web_tour.tours").add("dental_claims_denial", {
    steps: () => [
        ...menu("outstanding"),
        clicks(`${row(told("denied"))} .o_data_cell[name=number]`, "Opens the denied claim"),
        sees(current("Answered"), "The payer has answered"),
        does("action_appeal"),
        {
            content: "The letter names the claim",
            trigger: ".o_field_widget[name=letter] textarea",
            run() {
                if (!this.anchor.value.includes(told("denied"))) {
                    throw new Error("the letter does not name the claim");
                }
            },
        },
        does("action_send"),
        sees(current("Sent"), "The appeal is sent"),
    ],
});
