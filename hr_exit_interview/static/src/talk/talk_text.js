import { Component, useEffect, useRef, useState } from "@odoo/owl";

// What stands behind a # before the caret: a few words of a theme or reason.
const TAG_PATTERN = /(^|\s)#([^#\n]{0,40})$/;
const SHOWN = 8;

let nextId = 1;

/** A text field that grows with its text, takes over changes of others without moving
 * the caret, and offers themes and reasons behind a #. */
export class TalkText extends Component {
    static template = "hr_exit_interview.TalkText";
    static props = {
        value: String,
        label: String,
        placeholder: { type: String, optional: true },
        readonly: { type: Boolean, optional: true },
        className: { type: String, optional: true },
        isLine: { type: Boolean, optional: true },
        tags: { type: Array, optional: true },
        onInput: Function,
        onTag: { type: Function, optional: true },
        onEnter: { type: Function, optional: true },
        onErase: { type: Function, optional: true },
        focusKey: { type: String, optional: true },
        describedBy: { type: String, optional: true },
    };
    static defaultProps = { tags: [], placeholder: "", className: "", focusKey: "" };

    setup() {
        this.listId = `o_talk_tags_${nextId++}`;
        this.field = useRef("field");
        this.picker = useState({ isOpen: false, options: [], index: 0 });
        useEffect(
            () => this.show(this.props.value),
            () => [this.props.value],
        );
    }

    /** Put a text in the field; the caret stays where it was in the words. */
    show(value) {
        const field = this.field.el;
        if (field.value !== value) {
            const before = field.value.slice(0, field.selectionStart);
            const after = field.value.slice(field.selectionStart);
            field.value = value;
            if (document.activeElement === field) {
                const isTail = !value.startsWith(before) && value.endsWith(after);
                const caret = isTail ? value.length - after.length : before.length;
                field.setSelectionRange(caret, caret);
            }
        }
        field.style.height = "auto";
        field.style.height = `${field.scrollHeight + 2}px`;
    }

    onInput() {
        this.props.onInput(this.field.el.value);
        this.show(this.field.el.value);
        this.updatePicker();
    }

    // === Themes and reasons ===

    get match() {
        const { value, selectionStart } = this.field.el;
        return value.slice(0, selectionStart).match(TAG_PATTERN);
    }

    updatePicker() {
        const match = this.props.tags.length && this.match;
        const words = match ? match[2].toLowerCase().trim().split(/\s+/) : [];
        const options = match ? this.find(words) : [];
        Object.assign(this.picker, { isOpen: options.length > 0, options, index: 0 });
    }

    /** What has all these words in its name, in any order; whole beginnings go first. */
    find(words) {
        const starts = (tag) =>
            words.every((word) =>
                tag.search.split(/[^\p{L}]+/u).some((w) => w.startsWith(word)),
            );
        const fitting = this.props.tags.filter((tag) =>
            words.every((word) => tag.search.includes(word)),
        );
        return fitting.sort((a, b) => starts(b) - starts(a)).slice(0, SHOWN);
    }

    closePicker() {
        this.picker.isOpen = false;
    }

    choose(tag) {
        const field = this.field.el;
        const match = this.match;
        if (match) {
            const end = field.selectionStart;
            const start = end - match[2].length - 1;
            field.value = field.value.slice(0, start) + field.value.slice(end);
            field.setSelectionRange(start, start);
            this.props.onInput(field.value);
        }
        this.closePicker();
        this.props.onTag(tag);
        field.focus();
    }

    // === Keys ===

    onKeydown(ev) {
        if (ev.isComposing) {
            return;
        }
        if (this.picker.isOpen) {
            this.onPickerKey(ev);
        } else if (ev.key === "Enter" && this.props.isLine) {
            ev.preventDefault();
            this.props.onEnter?.();
        } else if (
            ev.key === "Backspace" &&
            !this.field.el.value &&
            this.props.onErase
        ) {
            ev.preventDefault();
            this.props.onErase();
        }
    }

    onPickerKey(ev) {
        const { options, index } = this.picker;
        const actions = {
            ArrowDown: () => (this.picker.index = (index + 1) % options.length),
            ArrowUp: () => (this.picker.index = (index || options.length) - 1),
            Enter: () => this.choose(options[index]),
            Tab: () => this.choose(options[index]),
            Escape: () => this.closePicker(),
        };
        if (ev.key in actions) {
            ev.preventDefault();
            ev.stopPropagation();
            actions[ev.key]();
        }
    }
}
