import { Component, useState } from "@odoo/owl";
import { useAutofocus } from "@web/core/utils/hooks";

/** What holds for the whole day: why it is closed, its notes, and a field for another one. */
export class BookDayLine extends Component {
    static template = "dental_coordinator.BookDayLine";
    static props = {
        day: Object,
        names: Function,
        onAdd: Function,
        onTick: Function,
        onOpen: Function,
    };

    setup() {
        this.state = useState({ adding: false });
        useAutofocus({ refName: "input" });
    }

    get notes() {
        return this.props.day.notes.filter((note) => !note.start);
    }

    onKeydown(ev) {
        if (ev.key === "Escape") {
            this.state.adding = false;
        } else if (ev.key === "Enter" && ev.target.value.trim()) {
            this.state.adding = false;
            this.props.onAdd(this.props.day.day, ev.target.value.trim());
        } else {
            return;
        }
        ev.stopPropagation();
    }
}
