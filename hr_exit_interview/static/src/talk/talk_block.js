import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { TalkHelp } from "./talk_help";
import { TalkText } from "./talk_text";

/** One question or point of the conversation, with its answer and follow-ups. */
export class TalkBlock extends Component {
    static template = "hr_exit_interview.TalkBlock";
    static components = { TalkHelp, TalkText };
    static props = {
        block: Object,
        number: Number,
        isActive: Boolean,
        store: Object,
        ui: Object,
    };

    get block() {
        return this.props.block;
    }

    get store() {
        return this.props.store;
    }

    get point() {
        return this.store.get(this.block.uid);
    }

    get readonly() {
        return Boolean(this.store.blocked);
    }

    get label() {
        return this.block.heading || _t("Point %s", this.props.number);
    }

    get followUps() {
        return this.store
            .children(this.block.parentUid)
            .filter((point) => point.uid !== this.block.uid);
    }

    edit(values) {
        const { kind, question_id, parent_uid } = this.block;
        this.store.edit(this.block.uid, { kind, question_id, parent_uid, ...values });
    }

    tag(uid, tag) {
        const values = { [tag.field]: tag.id };
        if (uid === this.block.uid) {
            this.edit(values);
        } else {
            this.store.edit(uid, values);
        }
        if (tag.isSerious) {
            this.props.ui.showAdviser();
        }
    }

    untag(uid, field) {
        this.store.edit(uid, { [field]: false });
    }

    /** What the point is tagged with; the theme of the question itself goes without. */
    getTags(point) {
        const ownTheme = this.block.item?.theme_id;
        return ["reason_id", "theme_id"]
            .filter(
                (name) =>
                    point[name] && point[name] !== (name === "theme_id" && ownTheme),
            )
            .map((name) => ({
                ...this.props.ui.getTag(name, point[name]),
                field: name,
            }));
    }

    eraseFollowUp(point) {
        if (!point.question && !point.answer) {
            this.store.remove(point.uid);
            this.props.ui.focus(this.block.uid);
        }
    }

    eraseBlock() {
        if (!this.point.question && !this.point.answer && !this.followUps.length) {
            this.store.remove(this.block.uid);
        }
    }
}
