import { Component, onWillStart, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

/** Details of one visit beside its card. */
export class BookPeek extends Component {
    static template = "dental_coordinator.BookPeek";
    static props = { visitId: Number, name: String, close: { type: Function, optional: true } };

    setup() {
        const orm = useService("orm");
        this.state = useState({ data: null });
        onWillStart(async () => {
            this.state.data = await orm.call("dental.appointment", "book_peek", [
                [this.props.visitId],
            ]);
        });
    }

    css(level) {
        return { stop: "text-danger fw-bold", warn: "fw-bold" }[level] || "";
    }
}
