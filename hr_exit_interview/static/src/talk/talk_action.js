import {
    Component,
    onMounted,
    onPatched,
    onWillStart,
    onWillUnmount,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { uuid } from "@web/core/utils/strings";
import { useSetupAction } from "@web/search/action_hook";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { TalkBlock } from "./talk_block";
import { TalkClosing } from "./talk_closing";
import { TalkFocus } from "./talk_focus";
import { TalkHelp } from "./talk_help";
import { TalkSettlement } from "./talk_settlement";
import { TalkStore } from "./talk_store";
import { TalkThread } from "./talk_thread";
import { TalkTimer } from "./talk_timer";

const PARTS = ["story", "practical", "closing"];

/** The conversation screen: for somebody who listens, and types on the side. */
export class ExitTalk extends Component {
    static template = "hr_exit_interview.ExitTalk";
    static components = {
        TalkBlock,
        TalkClosing,
        TalkHelp,
        TalkSettlement,
        TalkThread,
        TalkTimer,
    };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.orm = useService("orm");
        this.root = useRef("root");
        this.focus = new TalkFocus(this.root);
        this.interviewId =
            this.props.action.context.active_id || this.props.action.params?.active_id;
        this.key = `exit_talk_${user.userId}_${this.interviewId}`;
        this.store = useState(new TalkStore(this.orm, this.interviewId, this.key));
        this.state = useState({
            part: "story",
            activeUid: "",
            isHelpShown: false,
            isAdviserShown: false,
            isOpeningShown: true,
            timerToggles: 0,
            blankUid: null,
        });
        this.keys = {
            F1: () => this.toggle("isHelpShown"),
            F2: () => this.addFollowUp(),
            F4: () => this.goToNextPart(),
            F8: () => this.toggle("isAdviserShown"),
            F9: () => this.state.timerToggles++,
            PageDown: () => this.focus.step(1),
            PageUp: () => this.focus.step(-1),
        };
        useExternalListener(window, "keydown", this.onKeydown, { capture: true });
        useExternalListener(window, "online", () => this.store.refresh());
        useSetupAction({
            beforeLeave: () => this.beforeLeave(),
            beforeUnload: (ev) => this.beforeUnload(ev),
        });
        onWillStart(() => this.load());
        onMounted(() => this.goToFirst());
        onPatched(() => this.focus.onRendered());
        onWillUnmount(() => this.store.stop());
    }

    async load() {
        await this.store.load();
        const { talk, store } = this;
        this.tags = [
            ...(talk.asks_reason ? talk.reasons : []).map((reason) =>
                this.makeTag("reason_id", reason, reason.category),
            ),
            ...talk.themes.map((theme) => this.makeTag("theme_id", theme, _t("Theme"))),
        ];
        this.state.isOpeningShown = !Object.values(store.points).some(
            (point) => point.kind !== "leaver",
        );
        this.state.isAdviserShown = this.blocks.some((block) => this.isSerious(block));
        this.ui = {
            tags: this.tags,
            isWritten: talk.is_written,
            lang: talk.spoken_lang,
            activate: (uid) => this.activate(uid),
            focus: (key) => this.focus.toField(key),
            addFollowUp: (question) => this.addFollowUp(question),
            showAdviser: () => (this.state.isAdviserShown = true),
            getTag: (field, id) =>
                this.tags.find((t) => t.key === `${field}${id}`) || {},
            sendMessage: (text) => this.sendMessage(text),
            canBlank: (block) => this.blankable(block).length > 0,
            isBlanking: (block) => this.state.blankUid === block.uid,
            askBlank: (block) => (this.state.blankUid = block && block.uid),
            blank: (block) => this.blank(block),
        };
    }

    makeTag(field, record, group) {
        return {
            key: `${field}${record.id}`,
            field,
            id: record.id,
            name: record.name,
            group,
            isSerious: record.is_serious,
            search: `${record.name} ${group}`.toLowerCase(),
        };
    }

    get talk() {
        return this.store.talk;
    }

    get parts() {
        return [
            { name: "story", label: _t("The story") },
            { name: "practical", label: _t("The practical side") },
            { name: "closing", label: _t("Read back and close") },
        ];
    }

    get shortcuts() {
        return [
            ["F2", _t("Follow-up question to what you are writing about")],
            ["#", _t("Tag a theme or a reason while typing; arrows and Enter choose")],
            ["Page Down, Page Up", _t("Next or previous question")],
            ["F4", _t("Next part of the conversation")],
            ["F8", _t("The confidential adviser, and what to do in a serious matter")],
            ["F9", _t("Start or pause the clock; nothing is recorded")],
            ["Backspace", _t("Takes away a follow-up question that is empty")],
            ["Esc", _t("Closes a list or this help")],
            ["F1", _t("This help")],
        ];
    }

    get statusText() {
        return {
            saved: _t("Saved"),
            unsaved: _t("Not saved yet"),
            offline: this.store.isDirty
                ? _t("No connection. Not saved yet: kept in this tab")
                : _t("No connection. What you type is kept in this tab"),
            refused: this.store.refusal,
        }[this.store.status];
    }

    // === What the story consists of ===

    /** Questions, what the leaver prepared, and points of the interviewer, in one list. */
    get blocks() {
        return [
            ...this.talk.guide.map((item) => ({
                uid: item.uid,
                parentUid: item.uid,
                kind: "question",
                question_id: item.question_id,
                parent_uid: false,
                heading: item.question,
                ownWords: item.translation && item.translation.question,
                item,
            })),
            ...this.leaverPoints.map((point) => ({
                uid: `n${point.uid}`,
                parentUid: point.uid,
                kind: "follow_up",
                question_id: false,
                parent_uid: point.uid,
                heading: [point.question, point.answer].filter(Boolean).join("\n"),
                isByLeaver: true,
            })),
            ...this.ownPoints.map((point) => ({
                uid: point.uid,
                parentUid: point.uid,
                kind: "interviewer",
                question_id: false,
                parent_uid: false,
                heading: point.question,
            })),
        ];
    }

    get leaverPoints() {
        return this.store.ofKind("leaver");
    }

    /** Points of the interviewer, and follow-ups whose question is gone. */
    get ownPoints() {
        const points = Object.values(this.store.points);
        const isShown = (point) =>
            point.kind === "interviewer" ||
            (point.kind === "follow_up" &&
                !(point.parent_uid in this.store.points) &&
                !this.talk.guide.some((item) => item.uid === point.parent_uid));
        return points.filter(isShown);
    }

    get activeItem() {
        const block = this.blocks.find((block) => block.uid === this.state.activeUid);
        return block?.item;
    }

    isAnswered(block) {
        const points = [
            this.store.get(block.uid),
            ...this.store.children(block.parentUid),
        ];
        return points.some((point) => point.answer);
    }

    isSerious(block) {
        const points = [
            this.store.get(block.uid),
            ...this.store.children(block.parentUid),
        ];
        return (
            block.item?.is_serious ||
            points.some(
                (point) =>
                    this.talk.reasons.some(
                        (r) => r.id === point.reason_id && r.is_serious,
                    ) ||
                    this.talk.themes.some(
                        (t) => t.id === point.theme_id && t.is_serious,
                    ),
            )
        );
    }

    // === Acting ===

    activate(uid) {
        this.state.activeUid = uid;
        this.state.blankUid = null;
    }

    addFollowUp(question = "") {
        const block = this.blocks.find((other) => other.uid === this.state.activeUid);
        if (!block || this.store.blocked || this.state.part !== "story") {
            return;
        }
        const uid = uuid();
        this.store.edit(uid, {
            kind: "follow_up",
            parent_uid: block.parentUid,
            question,
        });
        this.focus.toNewField(question ? uid : `${uid}:question`);
    }

    addPoint() {
        const uid = uuid();
        this.store.edit(uid, { kind: "interviewer", question: "" });
        this.focus.toNewField(`${uid}:question`);
    }

    sendMessage(text) {
        this.store.edit(uuid(), { kind: "message", answer: text });
        this.store.save();
    }

    blankable(block) {
        const points = [
            this.store.points[block.uid],
            ...this.store.children(block.parentUid),
        ];
        if (block.isByLeaver) {
            points.push(this.store.points[block.parentUid]);
        }
        return points.filter(
            (point) => point?.id && (point.answer || point.base.answer),
        );
    }

    /** Take out the texts of a block, on the server and here. */
    async blank(block) {
        this.state.blankUid = null;
        await this.store.save();
        const ids = this.blankable(block).map((point) => point.id);
        await this.orm.call("hr.exit.interview.point", "action_blank", [ids]);
        await this.store.poll();
        this.focus.toField(block.uid);
    }

    async close() {
        if (await this.store.close()) {
            this.state.part = "closing";
            // The button is gone: go on where it says that it is closed.
            this.focus.toField("blocked");
        }
    }

    toggle(name) {
        this.state[name] = !this.state[name];
    }

    goBack() {
        return this.action.doAction(
            {
                type: "ir.actions.act_window",
                res_model: "hr.exit.interview",
                res_id: this.interviewId,
                views: [[false, "form"]],
            },
            { clearBreadcrumbs: true },
        );
    }

    // === Getting around ===

    onKeydown(ev) {
        const hasModifier = ev.ctrlKey || ev.altKey || ev.metaKey || ev.shiftKey;
        if (this.focus.keep(ev)) {
            ev.preventDefault();
        } else if (ev.key in this.keys && !hasModifier) {
            ev.preventDefault();
            ev.stopPropagation();
            this.keys[ev.key]();
        } else if (ev.key === "Escape" && this.state.isHelpShown) {
            this.state.isHelpShown = false;
        }
    }

    async goTo(part) {
        this.state.part = part;
        if (part === "practical") {
            await this.store.save();
            await this.store.reloadSettlement();
        }
        this.root.el.querySelector(".o_talk_main").scrollTop = 0;
        this.focus.toPart(this.state.part);
    }

    goToNextPart() {
        const next = (PARTS.indexOf(this.state.part) + 1) % PARTS.length;
        return this.goTo(PARTS[next]);
    }

    /** Where the conversation goes on: the first question without an answer. */
    goToFirst() {
        const block =
            this.blocks.find((other) => !this.isAnswered(other)) || this.blocks[0];
        if (block) {
            this.state.activeUid = block.uid;
            if (!this.state.isOpeningShown) {
                this.focus.toField(block.uid);
            }
        }
        this.focus.apply();
    }

    // === Leaving ===

    async beforeLeave() {
        await this.store.save();
        if (!this.store.isDirty) {
            return true;
        }
        return new Promise((resolve) => {
            this.dialog.add(
                ConfirmationDialog,
                {
                    title: _t("Not saved yet"),
                    body: _t(
                        "Some of what you typed is not saved yet. It is kept in this " +
                            "tab: come back to this conversation before you close the tab.",
                    ),
                    confirmLabel: _t("Leave"),
                    confirm: () => resolve(true),
                    cancelLabel: _t("Stay"),
                    cancel: () => resolve(false),
                },
                { onClose: () => resolve(false) },
            );
        });
    }

    beforeUnload(ev) {
        if (this.store.isDirty) {
            this.store.save();
            ev.preventDefault();
        }
    }
}

registry.category("actions").add("hr_exit_interview.talk", ExitTalk);
