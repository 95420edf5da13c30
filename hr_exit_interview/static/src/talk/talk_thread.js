import { Component, useState } from "@odoo/owl";
import { TalkText } from "./talk_text";

/** The messages of a conversation by chat or e-mail. */
export class TalkThread extends Component {
    static template = "hr_exit_interview.TalkThread";
    static components = { TalkText };
    static props = { store: Object, onSend: Function };

    setup() {
        this.state = useState({ text: "" });
    }

    get messages() {
        return this.props.store.ofKind("message");
    }

    send() {
        const text = this.state.text.trim();
        if (text) {
            this.props.onSend(text);
            this.state.text = "";
        }
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && ev.ctrlKey) {
            ev.preventDefault();
            this.send();
        }
    }
}
