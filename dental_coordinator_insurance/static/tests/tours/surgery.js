import { registry } from "@web/core/registry";
import * as the from "./steps";

/** The remedy of one open gate, from the list on the surgery. */
function fixes(check) {
    return [
        the.clicks(`.o_dental_readiness li[data-check=surgery_${check}] button`, `Fixes ${check}`),
        the.sees(".modal .o_form_view .o_dental_patient_header", "The remedy is open"),
    ];
}

function settled(check) {
    return [
        the.clicks(".modal .o_form_button_save", "Keeps it"),
        the.sees(
            `body:not(:has(.modal)) .o_dental_readiness:not(:has(li[data-check=surgery_${check}]))`,
            `${check} is settled`
        ),
    ];
}

function signs() {
    return {
        content: "Chooses the signed paper",
        trigger: ".modal .o_field_widget[name=consent_ids] .o_field_widget[name=file]",
        run() {
            const input = this.anchor.querySelector("input[type=file]");
            const chosen = new DataTransfer();
            chosen.items.add(new File(["signed"], "consent.pdf", { type: "application/pdf" }));
            input.files = chosen.files;
            input.dispatchEvent(new Event("change"));
        },
    };
}

// A surgery is booked, says what it lacks, gets it, and is confirmed.
registry.category("web_tour.tours").add("dental_surgery", {
    steps: () => [
        the.sees(".o_dental_today"),
        ...the.opensMenu("dental_coordinator.menu_book", "dental_coordinator.menu_dental_surgery"),
        the.clicks(".o_list_button_add"),
        ...the.finds("patient_id", "Kowalski"),
        ...the.finds("type_id", "Treatment"),
        the.clicks(".o_field_widget[name=start] :is(button, input)"),
        {
            content: "In three days",
            trigger: ".o_field_widget[name=start] input",
            async run({ edit, press }) {
                await edit("+3d");
                await press("Enter");
            },
        },
        ...the.finds("operatory_id", "Chair 1"),
        ...the.finds("provider_id", "Ortiz"),
        ...the.chooses("anaesthesia", "Sedation by vein"),
        ...the.saves(),
        the.sees(".o_dental_readiness li[data-check=surgery_consent]", "It says what is open"),
        the.does("action_confirm"),
        the.sees(".modal:contains(no consent is signed)", "It is not confirmed, and says why"),
        the.sees(".modal:contains(nobody is named who takes the patient home)"),
        the.clicks(".modal .modal-header .btn-close"),
        the.sees("body:not(:has(.modal))"),
        ...fixes("consent"),
        the.clicks(".modal .o_field_x2many_list_row_add a"),
        signs(),
        the.types("signer", "Marta Kowalski", ".modal"),
        ...settled("consent"),
        ...fixes("instructions"),
        the.ticks("instructions_given", ".modal"),
        ...settled("instructions"),
        ...fixes("escort"),
        the.types("escort_name", "Jan Kowalski", ".modal"),
        the.types("escort_phone", "207 555 0177", ".modal"),
        the.ticks("escort_confirmed", ".modal"),
        ...settled("escort"),
        ...fixes("fasting"),
        the.ticks("fasting_told", ".modal"),
        ...settled("fasting"),
        the.does("action_confirm"),
        the.sees(".o_form_view .o_arrow_button_current:contains(Confirmed)", "It is confirmed"),
    ],
});
