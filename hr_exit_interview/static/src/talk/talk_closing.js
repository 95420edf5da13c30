import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { TalkText } from "./talk_text";

/** Reading back what was said, and what the leaver chooses about it. */
export class TalkClosing extends Component {
    static template = "hr_exit_interview.TalkClosing";
    static components = { TalkText };
    static props = { store: Object, blocks: Array, onClose: Function };

    setup() {
        this.state = useState({ isAsking: null });
        this.buttons = { ask: useRef("ask"), now: useRef("now") };
        useEffect(
            (isAsking) => this.focusButton(isAsking),
            () => [this.state.isAsking],
        );
    }

    ask(isAsking) {
        this.state.isAsking = isAsking;
    }

    /** The button that was pressed is gone: go on at the one in its place. */
    focusButton(isAsking) {
        if (isAsking !== null) {
            this.buttons[isAsking ? "now" : "ask"].el?.focus();
        }
    }

    get closing() {
        return this.props.store.closing;
    }

    get talk() {
        return this.props.store.talk;
    }

    get readonly() {
        return Boolean(this.props.store.blocked);
    }

    /** The reasons by category, for a list to choose from. */
    get categories() {
        const categories = {};
        for (const reason of this.talk.reasons) {
            (categories[reason.category] ||= []).push(reason);
        }
        return Object.entries(categories);
    }

    /** Reasons that were tagged while talking and are not chosen yet. */
    get tagged() {
        const points = Object.values(this.props.store.points);
        const ids = new Set(points.map((point) => point.reason_id).filter(Boolean));
        const chosen = [this.closing.main_reason_id, ...this.closing.reason_ids];
        return this.talk.reasons.filter((r) => ids.has(r.id) && !chosen.includes(r.id));
    }

    getReasons(ids) {
        return this.talk.reasons.filter((reason) => ids.includes(reason.id));
    }

    edit(name, value) {
        this.props.store.editClosing({ [name]: value });
    }

    addReason(name, id) {
        if (id && !this.closing[name].includes(id)) {
            this.edit(name, [...this.closing[name], id]);
        }
    }

    removeReason(name, id) {
        this.edit(
            name,
            this.closing[name].filter((other) => other !== id),
        );
    }

    onMain(name, ev) {
        this.edit(name, Number(ev.target.value) || false);
    }

    onAdd(name, ev) {
        this.addReason(name, Number(ev.target.value));
        ev.target.value = "";
    }

    /** A first version of the summary from the answers, to shorten and read back. */
    draft() {
        const rows = [];
        for (const block of this.props.blocks) {
            const points = [
                this.props.store.get(block.uid),
                ...this.props.store.children(block.parentUid),
            ];
            const answers = new Set(points.map((p) => p.answer.trim()).filter(Boolean));
            rows.push(...answers);
        }
        this.edit(
            "summary",
            [this.closing.summary, ...rows].filter(Boolean).join("\n"),
        );
    }
}
