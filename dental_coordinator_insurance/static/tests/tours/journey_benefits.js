import { registry } from "@web/core/registry";
import * as the from "./steps";

const OURS = "DG PLUS, NON CONTRACTED";

// The payer's eligibility answer is read, looked at row by row, and accepted by a person.
registry.category("web_tour.tours").add("dental_journey_benefits", {
    steps: () => [
        ...the.opensFile("doe jo", "Joan Doe"),
        the.opensTab("insurance"),
        the.clicks(".o_field_widget[name=coverage_ids] button[name=action_verify]"),
        the.shows("member_id", "123456789"),
        the.does("action_import"),
        ...the.importsFile("271.txt"),
        the.shows("rows_read", the.told("rows")),
        the.sees(".o_form_view .alert-warning:contains(several networks)", "Two networks"),
        the.clicks(`.o_data_row:contains(${OURS}):first button[name=action_our_network]`),
        the.shows("plan_network", OURS),
        row("deductible", "50.00", "Accept"),
        the.sees(`${line("deductible", "50.00")}.text-success`, "That row is accepted"),
        the.sees(".o_data_row button[name=action_accept]", "The others are not"),
        the.does("action_accept_all"),
        the.sees(".o_arrow_button_current:contains(Verified)", "All are accepted"),
        the.opensTab("rules"),
        the.sees(".o_field_widget[name=benefit_ids] .o_data_row:contains(50.00)"),
        the.sees(
            ".o_field_widget[name=benefit_ids]:not(:contains(Waiting))",
            "What was not said is not there"
        ),
    ],
});

function line(kind, text) {
    return `.o_field_widget[name=row_ids] .o_data_row:contains(${OURS}):contains(${kind}):contains(${text}):first`;
}

function row(kind, text, word) {
    return the.clicks(`${line(kind, text)} button:contains(${word})`, `${word} the ${kind}`);
}
