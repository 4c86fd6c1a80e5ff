import { registry } from "@web/core/registry";
import * as the from "./steps";

const RED_FLAGS = [
    ["breathing", "no"],
    ["swallowing", "no"],
    ["swelling", "none"],
    ["bleeding", "none"],
    ["trauma", "none"],
    ["fever", "no"],
    ["opening", "no"],
];
const IMPACT = ["eating", "pain", "looks", "daily", "worry"];

// Somebody new is on the phone: her file, her complaint, who pays, her insurance card.
registry.category("web_tour.tours").add("dental_journey_call", {
    steps: () => [...newFile(), ...intake(), ...insuranceCard()],
});

function newFile() {
    return [
        the.sees(".o_dental_today", "Today is the first screen"),
        the.presses("alt+shift+f"),
        {
            content: "Looks whether she is known",
            trigger: ".o_dental_find_patient input[type=search]",
            run: "edit Doe Jo",
        },
        the.clicks(".o_dental_find_patient button:contains(New file)"),
        the.types("first_name", "Joan"),
        the.types("last_name", "Doe"),
        the.types("birth_date", "07/04/1984"),
        ...the.chooses("sex", "Female"),
        the.types("phone", "503 555 0177"),
        the.types("street", "123 E Road Street"),
        the.types("city", "Salem"),
        the.types("zip", "97128"),
        ...the.finds("state_id", "Oregon"),
        ...the.finds("country_id", "United States"),
        the.opensTab("people"),
        ...the.finds("guarantor_id", "Richard Doe"),
        ...the.saves(),
        the.sees(".o_dental_patient_header:contains(Joan Doe)", "The header names her"),
        the.sees(".o_dental_patient_header:contains(years)", "and tells her age"),
    ];
}

function intake() {
    return [
        the.clicks("button[name=action_open_records]:contains(Intakes)"),
        the.clicks(".o_list_button_add"),
        ...RED_FLAGS.map(([name, value]) => the.answers(name, value)),
        the.types("words", "It hurts when I bite, upper left, for three days"),
        the.types("teeth", "26"),
        the.rates("pain_now", "7"),
        the.answers("at_night", "yes"),
        ...IMPACT.map((name) => the.rates(`impact_${name}`, "A lot")),
        the.sees(".o_field_widget[name=triage_suggested]:contains(day)", "An urgency is suggested"),
        the.sees(".o_field_widget[name=triage_text]:contains(awake)", "with its reasons"),
        ...the.saves(),
        the.does("action_accept_triage"),
        the.sees(".o_field_widget[name=triage_final_by_id]:visible", "A person decided it"),
    ];
}

function insuranceCard() {
    return [
        the.clicks(".o_dental_patient_header a:contains(Joan Doe)"),
        the.opensTab("insurance"),
        the.does("action_add_coverage"),
        ...the.finds("plan_id", "Guardian", ".modal"),
        the.types("member_id", "123456789", ".modal"),
        the.ticks("release", ".modal"),
        the.does("action_add", ".modal"),
        the.sees(".o_field_widget[name=coverage_ids] .o_data_row:contains(123456789)"),
    ];
}
