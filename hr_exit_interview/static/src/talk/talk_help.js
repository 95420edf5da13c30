import { Component } from "@odoo/owl";

/** Help for asking one question: what for, what to ask on, what not to ask. */
export class TalkHelp extends Component {
    static template = "hr_exit_interview.TalkHelp";
    static props = { item: Object, lang: String, onProbe: Function };
}
