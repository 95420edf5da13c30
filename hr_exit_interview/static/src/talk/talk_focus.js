/** Where the caret is in the conversation, and where it goes next. */
export class TalkFocus {
    constructor(root) {
        this.root = root;
        this.wantedField = null;
        this.wantedPart = null;
        // What was typed since a new field was asked for; null when none is awaited.
        this.typedAhead = null;
    }

    get stops() {
        const fields = this.root.el.querySelectorAll(".o_talk_main [data-focus]");
        return [...fields].filter((field) => !field.disabled && field.offsetParent);
    }

    /** The next or previous field from where the caret is. */
    step(step) {
        const stops = this.stops;
        const active = document.activeElement;
        let index = stops.indexOf(active);
        if (index < 0) {
            const near = active.closest("[data-block], [data-line]");
            index = near ? stops.findIndex((stop) => near.contains(stop)) : -step;
        }
        stops[index + step]?.focus();
    }

    /** Go to the first field of a part, as soon as that is shown. */
    toPart(part) {
        this.wantedPart = part;
        this.toField(null);
    }

    /** Put the caret in a field, at once or as soon as it is there. */
    toField(key) {
        this.wantedField = key;
        this.typedAhead = null;
        this.apply();
    }

    /** Go to a field that is about to be shown; what is typed by then belongs in it. */
    toNewField(key) {
        this.toField(key);
        this.typedAhead = "";
    }

    apply() {
        const { wantedPart: part, wantedField: key } = this;
        if (part && this.root.el.querySelector(`[data-part="${part}"]`)) {
            this.wantedPart = null;
            this.stops[0]?.focus();
        }
        const field = key && this.root.el.querySelector(`[data-focus="${key}"]`);
        if (field) {
            this.wantedField = null;
            field.focus();
        }
    }

    onRendered() {
        this.apply();
        if (this.wantedField) {
            return; // something else was rendered
        }
        const text = this.typedAhead;
        this.typedAhead = null;
        if (text) {
            const field = document.activeElement;
            field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
            field.dispatchEvent(new Event("input", { bubbles: true }));
        }
    }

    /** Keep a letter that was typed before the new field was there; true if it was kept. */
    keep(ev) {
        const isLetter =
            ev.key.length === 1 && !ev.ctrlKey && !ev.altKey && !ev.metaKey;
        if (this.typedAhead === null || !isLetter) {
            return false;
        }
        this.typedAhead += ev.key;
        return true;
    }
}
