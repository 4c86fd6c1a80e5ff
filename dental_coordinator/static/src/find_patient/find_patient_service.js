import { registry } from "@web/core/registry";
import { FindPatientDialog } from "./find_patient_dialog";

/** Opens the search for a patient's file, one at a time. */
export const findPatientService = {
    dependencies: ["dialog"],
    start(env, { dialog }) {
        let isOpen = false;
        return {
            open() {
                if (!isOpen) {
                    isOpen = true;
                    dialog.add(FindPatientDialog, {}, { onClose: () => (isOpen = false) });
                }
            },
        };
    },
};

registry.category("services").add("dental_find_patient", findPatientService);
