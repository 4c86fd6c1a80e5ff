// Copyright 2026 Dental Coordinator contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { onMounted } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { FormRenderer } from "@web/views/form/form_renderer";
import { patch } from "@web/core/utils/patch";

// A link may name the field that it is about: /odoo/dental.provider/7?dental_field=npi.
// Read before the router rewrites the address.
const wanted = {
    name: new URLSearchParams(browser.location.search).get("dental_field"),
};

/**
 * Ask the next form for one of its fields.
 *
 * @param {String} name
 */
export function askForField(name) {
    wanted.name = name;
}

const FOCUSABLE = "input, textarea, select, button, [contenteditable=true]";

/** Wait until what was clicked is drawn. */
function drawn() {
    return new Promise((resolve) =>
        browser.requestAnimationFrame(() => browser.requestAnimationFrame(resolve))
    );
}

/**
 * The field in the form, on whichever page of it.
 *
 * @param {HTMLElement} root
 * @param {String} name
 * @returns {Promise<HTMLElement|null>}
 */
async function findField(root, name) {
    const selector = `.o_field_widget[name="${CSS.escape(name)}"]`;
    const pages = [...root.querySelectorAll(".o_notebook_headers .nav-link")];
    let found = root.querySelector(selector);
    while (!found && pages.length) {
        pages.shift().click();
        await drawn();
        found = root.querySelector(selector);
    }
    return found;
}

/**
 * Put the cursor into a field and mark it.
 *
 * @param {HTMLElement} root
 * @param {String} name
 */
export async function showField(root, name) {
    const field = await findField(root, name);
    if (!field) {
        return;
    }
    field.classList.add("o_dental_wanted");
    field.scrollIntoView({ block: "center" });
    const inside = field.matches(FOCUSABLE) ? field : field.querySelector(FOCUSABLE);
    inside?.focus();
}

patch(FormRenderer.prototype, {
    setup() {
        super.setup();
        onMounted(async () => {
            const name = wanted.name;
            if (!name || this.env.inDialog) {
                return;
            }
            wanted.name = null;
            await drawn();
            const forms = document.querySelectorAll(".o_form_renderer, .o_form_view");
            if (forms.length) {
                await showField(forms[forms.length - 1], name);
            }
        });
    },
});
