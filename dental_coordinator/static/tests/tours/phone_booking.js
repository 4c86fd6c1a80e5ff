import { registry } from "@web/core/registry";

const MOST = 12;

/** What a coordinator does while the caller waits; looking costs nothing. */
function counted(steps) {
    const actions = steps.filter((step) => step.run).length;
    if (actions > MOST) {
        throw new Error(`booking by phone takes ${actions} actions, ${MOST} are allowed`);
    }
    return [
        ...steps,
        {
            content: "The test reads how many actions it took",
            trigger: "body",
            run: () => document.body.setAttribute("data-actions", actions),
        },
        { trigger: `body[data-actions='${actions}']` },
    ];
}

// A known patient calls for a crown: the book is open, a free place of tomorrow is offered.
registry.category("web_tour.tours").add("dental_phone_booking", {
    steps: () =>
        counted([
            {
                content: "Tomorrow",
                trigger: ".o_dental_book .btn[aria-label=Later]",
                run: "click",
            },
            {
                content: "A free place in the second chair",
                trigger: ".o_dental_book_title:contains(Chair 2)",
            },
            {
                trigger: ".o_dental_book:not(:has(.o_dental_book_now)) [data-column]:last",
                run: "dblclick",
            },
            { trigger: ".o_dental_book_who", run: "edit kow" },
            {
                content: "He is found",
                trigger: ".o_dental_book_found:contains(Kowalski)",
            },
            { trigger: ".o_dental_book_who", run: "press Enter" },
            {
                content: "His alerts and what waits are in sight",
                trigger: ".o_dental_book_panel:contains(Pay first)",
            },
            { trigger: ".o_dental_book_kind", run: "selectByLabel Crown" },
            { trigger: ".o_dental_book_kind", run: "press Enter" },
            {
                content: "It is in the book",
                trigger: ".o_dental_book_card.o_selected:contains(Kowalski)",
            },
            { trigger: ".o_notification:contains(Booked)" },
        ]),
});
