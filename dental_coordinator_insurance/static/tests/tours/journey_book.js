import { registry } from "@web/core/registry";
import * as the from "./steps";

// A place is found and booked; nobody else gets the same.
registry.category("web_tour.tours").add("dental_journey_book", {
    steps: () => {
        const booked = {};
        return [
            ...the.opensFile("doe jo", "Joan Doe"),
            the.clicks(".o_dental_patient_header .o_dental_book"),
            the.sees(".modal .o_dental_slot_card:eq(2)", "Proposals"),
            the.clicks(".modal .o_dental_slot_card:first"),
            the.sees(".o_form_view .o_arrow_button_current:contains(Scheduled)", "It is booked"),
            the.sees(".o_field_widget[name=provider_id]:has(input:value(Ortiz))"),
            the.sees(".o_field_widget[name=operatory_id]:has(input:value(Chair 1))"),
            {
                content: "Remembers when",
                trigger: ".o_field_widget[name=start] :is(button, input)",
                run() {
                    booked.start = this.anchor.value || this.anchor.textContent.trim();
                },
            },
            ...the.opensMenu(
                "dental_coordinator.menu_book",
                "dental_coordinator.menu_dental_appointments"
            ),
            the.clicks(".o_list_button_add"),
            ...the.finds("patient_id", "Kowalski"),
            ...the.finds("type_id", "Treatment"),
            ...the.finds("provider_id", "Ortiz"),
            ...the.finds("operatory_id", "Chair 1"),
            the.clicks(".o_field_widget[name=start] :is(button, input)"),
            {
                content: "Wants the same time",
                trigger: ".o_field_widget[name=start] input",
                async run({ edit, press }) {
                    await edit(booked.start);
                    await press("Enter");
                },
            },
            the.clicks(".o_form_button_save"),
            the.sees(".modal:contains(is taken from)", "It is refused"),
            the.sees(".modal:contains(Free instead:)", "and told what is free"),
            the.clicks(".modal footer button:first"),
            the.clicks(".o_form_button_cancel"),
        ];
    },
});
