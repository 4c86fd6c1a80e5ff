import { registry } from "@web/core/registry";
import * as the from "./steps";

const SHEET = ".o_field_widget[name=question_ids]";

/** Types the payer's answer to the question that contains these words. */
function hears(words, answer) {
    return [
        the.clicks(
            `${SHEET} .o_data_row:contains(${words}):first td[name=answer]`,
            `The agent answers: ${words}`
        ),
        {
            content: `Types ${answer}`,
            trigger: `${SHEET} .o_selected_row:contains(${words}) td[name=answer] input`,
            run: `edit ${answer}`,
        },
    ];
}

// A cover of a coming visit is verified by telephone: from the list to the last accepted row.
registry.category("web_tour.tours").add("dental_verify_by_phone", {
    steps: () => [
        the.clicks(".o_list_view .o_data_row .o_data_cell:first", "Opens the first of the list"),
        the.shows("member_id", "M100"),
        the.does("action_start_call"),
        the.opensTab("call"),
        ...hears("in force today", "yes"),
        ...hears("yearly maximum for one person", "1500"),
        ...hears("of the yearly maximum is used", "300"),
        ...hears("share is paid for crowns", "60"),
        ...hears("waiting period for crowns", "none"),
        the.types("representative", "Ms Reed"),
        the.types("reference", "88214"),
        the.does("action_finish_call"),
        the.opensTab("readback"),
        the.sees(".o_field_widget[name=readback_html]:contains(1500)", "It can be read back"),
        the.opensTab("rows"),
        the.clicks(
            ".o_field_widget[name=row_ids] .o_data_row:contains(60):first button[name=action_accept]",
            "Accepts the share of crowns"
        ),
        the.sees(".o_field_widget[name=row_ids] .o_data_row.text-success:contains(60)"),
        the.does("action_accept_all"),
        the.sees(".o_arrow_button_current:contains(Verified)", "The cover is verified"),
    ],
});

// A visit that cannot be confirmed: the payer is asked, and its answer opens the way.
registry.category("web_tour.tours").add("dental_precert_to_answer", {
    steps: () => [
        the.sees(".o_form_view .alert-warning:contains(Cannot be confirmed yet)"),
        the.does("action_ask_precert"),
        the.sees(".o_form_view .alert-info:contains(Send by)", "Until when to send"),
        the.opensTab("narrative"),
        the.types("narrative", "The old filling broke."),
        the.does("action_send"),
        the.sees(".o_form_view button[name=action_download]", "The file is written"),
        the.clicks(".o_breadcrumb .o_back_button, .breadcrumb-item.o_back_button a:first"),
        the.does("action_answer"),
        the.types("number", "PA-4711", ".modal"),
        the.clicks(".modal .o_field_widget[name=line_ids] .o_data_row td[name=allowed]"),
        {
            content: "Types what is allowed",
            trigger: ".modal .o_selected_row td[name=allowed] input",
            run: "edit 900",
        },
        the.clicks(".modal .o_field_widget[name=line_ids] .o_data_row td[name=plan_amount]"),
        {
            content: "Types what would be paid",
            trigger: ".modal .o_selected_row td[name=plan_amount] input",
            run: "edit 450",
        },
        the.does("action_record", ".modal"),
        the.sees(".o_arrow_button_current:contains(Approved)", "The answer is kept"),
        the.shows("answer_number", "PA-4711"),
    ],
});
