import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { TalkText } from "./talk_text";

/** The practical side: the settlement line by line, in what the leaver says of it. */
export class TalkSettlement extends Component {
    static template = "hr_exit_interview.TalkSettlement";
    static components = { TalkText };
    static props = { store: Object };

    get settlement() {
        return this.props.store.settlement;
    }

    get choices() {
        return [
            { state: "discussed", label: _t("Discussed") },
            { state: "agreed", label: _t("Agreed") },
            { state: "disputed", label: _t("Disputed") },
            { state: "question", label: _t("Question for payroll") },
        ];
    }

    isLocked(line) {
        return Boolean(line.is_locked || this.props.store.blocked);
    }

    choose(line, state) {
        this.props.store.editLine(line, { state });
    }

    ask(line, question) {
        this.props.store.editLine(line, { state: "question", question });
    }
}
