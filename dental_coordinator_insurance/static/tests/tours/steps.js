/**
 * What the tours of the journey do, in the words of a person at the desk. Each function gives one
 * step or a list of steps; `inside` is a selector of where to look: ".modal" while a dialog is open.
 */
/** What the server's side of the test tells the tour (see test_journey_tour.py). */
export function told(key) {
    return JSON.parse(sessionStorage.getItem("dental_tour") || "{}")[key];
}

function field(name, inside) {
    return `${inside} .o_field_widget[name=${name}]`.trim();
}

export function sees(trigger, content = `Sees ${trigger}`) {
    return { content, trigger };
}

/** The field shows this text, whether it may be edited or not. */
export function shows(name, text, inside = "") {
    const place = field(name, inside);
    return {
        content: `${name} shows ${text}`,
        trigger: `${place}:contains(${text}), ${place} input:value(${text}), ${place} textarea:value(${text})`,
    };
}

export function clicks(trigger, content = `Clicks ${trigger}`) {
    return { content, trigger, run: "click" };
}

/** An action's button, by the name of its method. */
export function does(method, inside = "") {
    return clicks(`${inside} button[name=${method}]:enabled`.trim(), `Does ${method}`);
}

export function presses(key, trigger = "body") {
    return { content: `Presses ${key}`, trigger, run: `press ${key}` };
}

export function types(name, text, inside = "") {
    const place = field(name, inside);
    return {
        content: `Types ${text} into ${name}`,
        trigger: `${place}:is(input, textarea), ${place} input:not([type=file]), ${place} textarea`,
        run: `edit ${text}`,
    };
}

export function ticks(name, inside = "") {
    return clicks(`${field(name, inside)} input[type=checkbox]`, `Ticks ${name}`);
}

/** One of a row of answers. */
export function answers(name, value, inside = "") {
    return clicks(`${field(name, inside)} input[data-value=${value}]`, `Answers ${name}: ${value}`);
}

/** One of a row of badges, by its words. */
export function rates(name, word, inside = "") {
    return clicks(`${field(name, inside)} .o_selection_badge:text(${word})`, `${name}: ${word}`);
}

/** A choice from a drop-down list of words. */
export function chooses(name, word, inside = "") {
    return [
        clicks(`${field(name, inside)} input`, `Opens ${name}`),
        clicks(`.o_select_menu_item:contains(${word})`, `Chooses ${word}`),
    ];
}

/** A record found by typing a part of its name. */
export function finds(name, text, inside = "") {
    return [
        types(name, text, inside),
        clicks(`.o-autocomplete--dropdown-item:contains(${text}):first`, `Takes ${text}`),
    ];
}

export function opensTab(page) {
    return clicks(`.o_notebook_headers a[name=${page}]`, `Opens the page ${page}`);
}

export function saves() {
    return [
        clicks(".o_form_button_save:enabled", "Saves"),
        sees(".o_form_view .o_form_saved, .o_form_view:not(:has(.o_form_dirty))", "It is saved"),
    ];
}

/** From anywhere: the key, parts of the name, Enter. */
export function opensFile(text, name) {
    return [
        sees(".o_dental_today, .o_view_controller", "A screen is open"),
        presses("alt+shift+f"),
        {
            content: "Types parts of the name",
            trigger: ".o_dental_find_patient input[type=search]",
            run: `edit ${text}`,
        },
        sees(`.o_dental_found.o_selected:contains(${name})`, "The file is found"),
        presses("Enter", ".o_dental_find_patient input[type=search]"),
        sees(`.o_form_view .o_dental_patient_header:contains(${name})`, "The file is open"),
    ];
}

export function opensMenu(section, entry) {
    return [
        clicks(`.o_menu_sections button[data-menu-xmlid="${section}"]`, `Opens ${section}`),
        clicks(`.o-dropdown--menu a[data-menu-xmlid="${entry}"]`, `Chooses ${entry}`),
    ];
}

/** Hands a file of the payer, built by the server's side of the test, to the import dialog. */
export function importsFile(name = "payer.edi") {
    return [
        {
            content: "Chooses the payer's file",
            trigger: ".modal .o_field_widget[name=raw]",
            run() {
                const input = this.anchor.querySelector("input[type=file]");
                const chosen = new DataTransfer();
                chosen.items.add(new File([told("file")], name, { type: "text/plain" }));
                input.files = chosen.files;
                input.dispatchEvent(new Event("change"));
            },
        },
        sees(".modal .o_field_widget[name=raw] .fa-pencil", "The file is there"),
        does("action_import", ".modal"),
    ];
}
