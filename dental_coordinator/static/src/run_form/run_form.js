import { onWillUnmount } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

export const EVERY = 3000;

/** The form of work in the background: as long as it runs, it looks by itself how far it is. */
export class RunFormController extends FormController {
    setup() {
        super.setup();
        const timer = setInterval(() => this.look(), EVERY);
        onWillUnmount(() => clearInterval(timer));
    }

    get isRunning() {
        const { root } = this.model;
        return root?.resId && root.data.state === "running";
    }

    async look() {
        if (this.isRunning && !this.looking && !document.hidden) {
            this.looking = true;
            try {
                await this.model.root.load();
            } finally {
                this.looking = false;
            }
        }
    }
}

registry.category("views").add("dental_run_form", { ...formView, Controller: RunFormController });
