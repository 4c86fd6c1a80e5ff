import { Component, onWillStart, onWillUpdateProps, useRef, useState } from "@odoo/owl";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { deserializeDate, toLocaleDateString } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { STATUSES, entriesOn, fillOf, statusOf } from "./statuses";
import { Tooth } from "./tooth";

const SURFACE_KEYS = "MOIDBFLVP";
const DENTITIONS = [
    { value: "permanent", word: _t("Permanent") },
    { value: "mixed", word: _t("Mixed") },
    { value: "primary", word: _t("Primary") },
];
const ROWS = [
    { arch: "upper", primary: false },
    { arch: "upper", primary: true },
    { arch: "lower", primary: true },
    { arch: "lower", primary: false },
];

/** The tooth chart in a patient's file: what is there, watched, planned and done, tooth by tooth. */
export class ToothChart extends Component {
    static template = "dental_coordinator.ToothChart";
    static components = { Tooth, RecordSelector };
    static props = standardWidgetProps;
    dentitions = DENTITIONS;
    statuses = STATUSES;
    statusOf = statusOf;
    fillOf = fillOf;

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.input = useRef("input");
        this.data = { teeth: [], entries: [], findings: [], may_edit: false };
        this.state = useState({
            selection: {},
            status: "existing",
            finding: "filling",
            codeId: false,
            text: "",
            error: "",
            told: "",
            dentition: "permanent",
            day: "",
            focused: "11",
            busy: false,
        });
        onWillStart(() => this.load(this.patientId));
        onWillUpdateProps((next) => {
            if (next.record.resId !== this.patientId) {
                return this.load(next.record.resId);
            }
        });
    }

    get patientId() {
        return this.props.record.resId;
    }

    async load(patientId) {
        if (!patientId) {
            return;
        }
        this.receive(await this.orm.call("dental.patient", "chart_data", [[patientId]]));
        this.state.dentition = this.data.dentition;
        this.state.selection = {};
        this.state.focused = this.rows[0].teeth[0].tooth;
    }

    receive(data) {
        this.data = data;
        this.byTooth = groupByTooth(data.entries);
    }

    // What is shown

    /** Rows from top to bottom; in the mixed set both, the primary teeth inside. */
    get rows() {
        const set = this.state.dentition;
        return ROWS.filter((row) => set === "mixed" || row.primary === (set === "primary")).map(
            (row) => ({
                ...row,
                teeth: this.data.teeth.filter(
                    (tooth) => tooth.arch === row.arch && tooth.primary === row.primary
                ),
            })
        );
    }

    toothAt(code) {
        return this.data.teeth.find((tooth) => tooth.tooth === code);
    }

    entriesOf(tooth) {
        return entriesOn(this.byTooth?.get(tooth.tooth) || [], this.state.day);
    }

    get entries() {
        const shown = entriesOn(this.data.entries, this.state.day);
        const teeth = Object.keys(this.state.selection);
        const chosen = teeth.length ? shown.filter((entry) => teeth.includes(entry.tooth)) : shown;
        return chosen.slice().reverse();
    }

    /** Days on which something on the chart changed, oldest first. */
    get days() {
        const days = this.data.entries.flatMap((entry) => [
            entry.date,
            entry.date_to || entry.date,
        ]);
        return [...new Set(days)].sort();
    }

    get dayIndex() {
        return this.state.day ? this.days.indexOf(this.state.day) : this.days.length - 1;
    }

    onDay(ev) {
        const index = Number(ev.target.value);
        this.state.day = index === this.days.length - 1 ? "" : this.days[index];
    }

    get dayText() {
        return this.state.day ? dateText(this.state.day) : _t("today");
    }

    detailsOf(entry) {
        const span = [entry.date, entry.date_to].filter(Boolean).map(dateText).join(" – ");
        const parts = [statusOf(entry.status).word, span, entry.provider, entry.note];
        return parts.filter(Boolean).join(" · ");
    }

    get example() {
        return `${this.toothAt("36")?.label} mo`;
    }

    get takesFinding() {
        return ["existing", "watch"].includes(this.state.status);
    }

    get takesCode() {
        return ["planned", "done"].includes(this.state.status);
    }

    /** The chosen places as they are written: "36 MO, 37". */
    get chosen() {
        return this.data.teeth
            .filter((tooth) => tooth.tooth in this.state.selection)
            .map((tooth) =>
                [tooth.label, this.state.selection[tooth.tooth].join("")].join(" ").trim()
            )
            .join(", ");
    }

    selectedOf(tooth) {
        return this.state.selection[tooth.tooth] || false;
    }

    // Choosing

    toggle(tooth, surface = null) {
        const chosen = this.state.selection[tooth.tooth];
        if (!surface) {
            if (chosen) {
                delete this.state.selection[tooth.tooth];
            } else {
                this.state.selection[tooth.tooth] = [];
            }
        } else {
            this.toggleSurface(tooth, surface, chosen || []);
        }
        this.state.focused = tooth.tooth;
    }

    toggleSurface(tooth, surface, chosen) {
        const next = [...tooth.surfaces].filter((letter) =>
            letter === surface ? !chosen.includes(letter) : chosen.includes(letter)
        );
        if (next.length) {
            this.state.selection[tooth.tooth] = next;
        } else {
            delete this.state.selection[tooth.tooth];
        }
    }

    show(entry) {
        const tooth = this.toothAt(entry.tooth);
        this.state.selection = {
            [entry.tooth]: [...tooth.surfaces].filter((letter) => entry.parts.includes(letter)),
        };
    }

    // Keyboard

    onKeydown(ev) {
        if (ev.ctrlKey || ev.metaKey || ev.altKey) {
            return;
        }
        if (/^\d$/.test(ev.key)) {
            this.input.el?.focus(); // the digit itself goes into the field
            return;
        }
        const act = this.keyAction(this.toothAt(this.state.focused), ev.key);
        if (act) {
            act();
            ev.preventDefault();
            ev.stopPropagation();
        }
    }

    /** What a key does while a tooth has the focus, or undefined. */
    keyAction(tooth, key) {
        const letter = this.surfaceFor(tooth, key);
        if (letter) {
            return () => this.toggle(tooth, letter);
        }
        if (key.startsWith("Arrow") || key === "Home" || key === "End") {
            return () => this.moveFocus(tooth, key);
        }
        const actions = {
            " ": () => this.toggle(tooth),
            Enter: this.chosen && this.data.may_edit && (() => this.add()),
            Escape: this.chosen && (() => (this.state.selection = {})),
        };
        return actions[key];
    }

    /** The surface of this tooth that a key means: O is I in front, B is F; V is outer, P inner. */
    surfaceFor(tooth, key) {
        const letter = key.toUpperCase();
        if (letter.length !== 1 || !SURFACE_KEYS.includes(letter)) {
            return null;
        }
        const same = { O: "OI", I: "OI", B: "BF", F: "BF", V: "BF", P: "L" }[letter] || letter;
        return [...tooth.surfaces].find((surface) => same.includes(surface));
    }

    moveFocus(tooth, key) {
        const rows = this.rows;
        const at = rows.findIndex((row) => row.teeth.includes(tooth));
        const column = rows[at].teeth.indexOf(tooth);
        const teeth = rows[at].teeth;
        const targets = {
            ArrowLeft: () => teeth[Math.max(0, column - 1)],
            ArrowRight: () => teeth[Math.min(teeth.length - 1, column + 1)],
            Home: () => teeth[0],
            End: () => teeth[teeth.length - 1],
            ArrowUp: () => across(rows[Math.max(0, at - 1)], column, teeth.length),
            ArrowDown: () => across(rows[Math.min(rows.length - 1, at + 1)], column, teeth.length),
        };
        const target = targets[key]();
        this.state.focused = target.tooth;
        this.root.el.querySelector(`[data-tooth="${target.tooth}"]`)?.focus();
    }

    onFocus(tooth) {
        this.state.focused = tooth.tooth;
    }

    // Entering

    async onText(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            ev.stopPropagation();
            await this.add();
            this.input.el.focus();
        }
    }

    async add() {
        const sites = Object.entries(this.state.selection).map(([tooth, letters]) => ({
            tooth,
            surfaces: letters.join(""),
        }));
        const text = this.state.text.trim();
        await this.enter("chart_add", {
            status: this.state.status,
            finding: this.takesFinding && this.state.finding,
            code_id: this.takesCode && this.state.codeId,
            ...(text ? { text } : { sites }),
        });
    }

    takeOut(entry) {
        return this.enter("chart_mistake", entry.id);
    }

    /** Call the server; what it refuses is said beside the field, and what was typed stays. */
    async enter(method, values) {
        if (this.state.busy) {
            return;
        }
        Object.assign(this.state, { busy: true, error: "", told: "" });
        try {
            const before = this.data.entries.length;
            this.receive(await this.orm.call("dental.patient", method, [[this.patientId], values]));
            const more = this.data.entries.length - before;
            const told = more > 0 ? _t("%s added", more) : _t("Taken out");
            Object.assign(this.state, { text: "", selection: {}, told });
            await this.refreshFile();
        } catch (error) {
            if (!(error instanceof RPCError)) {
                throw error;
            }
            this.state.error = error.data?.message || error.message;
        } finally {
            this.state.busy = false;
        }
    }

    /** The file's other pages and counts show it too, unless somebody types in them just now. */
    async refreshFile() {
        const { record } = this.props;
        if (!(await record.isDirty())) {
            await record.load();
        }
    }

    open(entry) {
        const action = {
            type: "ir.actions.act_window",
            name: entry.text,
            res_model: entry.model,
            res_id: entry.id,
            views: [[false, "form"]],
            target: "new",
        };
        return this.action.doAction(action, { onClose: () => this.onClosed() });
    }

    async onClosed() {
        await this.load(this.patientId);
        await this.refreshFile();
    }
}

function dateText(day) {
    return toLocaleDateString(deserializeDate(day));
}

function groupByTooth(entries) {
    const groups = new Map();
    for (const entry of entries) {
        groups.set(entry.tooth, [...(groups.get(entry.tooth) || []), entry]);
    }
    return groups;
}

/** The tooth of another row that stands above or below this one; rows may differ in length. */
function across(row, column, length) {
    const shift = Math.round((row.teeth.length - length) / 2);
    return row.teeth[Math.min(row.teeth.length - 1, Math.max(0, column + shift))];
}

registry.category("view_widgets").add("dental_tooth_chart", { component: ToothChart });
