import { browser } from "@web/core/browser/browser";

const TEXTS = ["question", "answer"];
const TAGS = ["theme_id", "reason_id"];

/**
 * What is said in one conversation: what the server has, and what it has not yet.
 *
 * Each text is kept with its `base`, the text of the server it was made from. The server
 * merges by it, so that nothing is lost when others type too or when a change arrives
 * twice. What waits is also in the storage of the browser tab, until it is saved.
 */
export class TalkContent {
    constructor(storageKey) {
        this.storageKey = storageKey;
        this.points = {};
        this.closing = {};
        this.revision = -1;
        this.state = "";
        this.blocked = "";
        this.removed = {};
        this.closingBase = {};
        this.closingDirty = {};
        this.lineDirty = {};
    }

    // === Reading ===

    /** The point with this uid; made in memory only until something is typed. */
    get(uid, values = {}) {
        return this.points[uid] || this.make(uid, values);
    }

    make(uid, values) {
        return {
            uid,
            id: false,
            kind: "interviewer",
            question_id: false,
            parent_uid: false,
            question: "",
            answer: "",
            theme_id: false,
            reason_id: false,
            is_by_leaver: false,
            is_blanked: false,
            base: { question: "", answer: "" },
            dirty: {},
            ...values,
        };
    }

    children(uid) {
        return Object.values(this.points).filter(
            (point) => point.parent_uid === uid && point.kind === "follow_up",
        );
    }

    ofKind(kind) {
        return Object.values(this.points).filter((point) => point.kind === kind);
    }

    get isDirty() {
        return Boolean(
            Object.values(this.points).some((p) => Object.keys(p.dirty).length) ||
            Object.keys(this.removed).length ||
            Object.keys(this.closingDirty).length ||
            Object.keys(this.lineDirty).length,
        );
    }

    // === Typing ===

    /** Change a point, or make it: `values` hold texts, tags, and for a new one the rest. */
    edit(uid, values) {
        if (!this.points[uid]) {
            this.points[uid] = this.make(uid, values);
        }
        Object.assign(this.points[uid], values);
        for (const name of [...TEXTS, ...TAGS]) {
            if (name in values) {
                this.points[uid].dirty[name] = true;
            }
        }
        this.changed();
    }

    remove(uid) {
        const point = this.points[uid];
        delete this.points[uid];
        if (point.id) {
            this.removed[uid] = point.base;
        }
        this.changed();
    }

    editClosing(values) {
        Object.assign(this.closing, values);
        for (const name in values) {
            this.closingDirty[name] = true;
        }
        this.changed();
    }

    editLine(line, values) {
        Object.assign(line, values);
        this.lineDirty[line.id] = { state: line.state, question: line.question };
        this.changed();
    }

    /** Something was typed: whoever saves it goes on from here. */
    changed() {
        this.keep();
    }

    // === Sending ===

    /** What the server does not have yet, as `save_talk` wants it. */
    collect() {
        const points = Object.values(this.points)
            .filter((point) => Object.keys(point.dirty).length)
            .map((point) => this.prepare(point));
        for (const [uid, base] of Object.entries(this.removed)) {
            points.push({ uid, base, is_deleted: true });
        }
        const names = Object.keys(this.closingDirty);
        const closing = names.length
            ? Object.fromEntries(names.map((name) => [name, this.closing[name]]))
            : null;
        return {
            points,
            closing: closing && { ...closing, base: { ...this.closingBase } },
        };
    }

    prepare(point) {
        const { uid, kind, question_id, parent_uid, base, dirty } = point;
        const change = { uid, kind, question_id, parent_uid, base: { ...base } };
        for (const name of Object.keys(dirty)) {
            change[name] = point[name];
        }
        return change;
    }

    // === Receiving ===

    /**
     * Take over what the server has, except for what was typed since.
     *
     * @param {Object} result the changing part of `get_talk`
     * @param {Object} sent what was sent to get it; empty when only asked for news
     */
    receive(result, sent) {
        if (result.revision < this.revision) {
            return; // an answer that was overtaken by a later one
        }
        this.revision = result.revision;
        this.state = result.state;
        this.blocked = result.blocked;
        this.receiveClosing(result.closing, sent.closing || {});
        const sentPoints = Object.fromEntries(
            (sent.points || []).map((p) => [p.uid, p]),
        );
        const order = {};
        for (const stored of result.points) {
            if (!(stored.uid in this.removed)) {
                const known = this.points[stored.uid] || this.make(stored.uid, {});
                order[stored.uid] = this.receivePoint(
                    known,
                    stored,
                    sentPoints[stored.uid],
                );
            }
        }
        for (const [uid, point] of Object.entries(this.points)) {
            // Only what was never saved: the rest was taken away by somebody.
            if (!(uid in order) && (!point.id || Object.keys(point.dirty).length)) {
                order[uid] = point;
            }
        }
        this.points = order;
    }

    receivePoint(known, stored, sent = {}) {
        for (const name of [...TEXTS, ...TAGS]) {
            if (known.dirty[name] && (!(name in sent) || known[name] !== sent[name])) {
                // Typed on since it was sent: the next save is merged from there.
                if (name in sent && TEXTS.includes(name)) {
                    known.base[name] = sent[name];
                }
                continue;
            }
            delete known.dirty[name];
            known[name] = stored[name];
            if (TEXTS.includes(name)) {
                known.base[name] = stored[name];
            }
        }
        const { id, kind, question_id, parent_uid, is_by_leaver, is_blanked, date } =
            stored;
        return Object.assign(known, {
            id,
            kind,
            question_id,
            parent_uid,
            is_by_leaver,
            is_blanked,
            date,
        });
    }

    receiveClosing(stored, sent) {
        for (const [name, value] of Object.entries(stored)) {
            const isTyped =
                this.closingDirty[name] &&
                (!(name in sent) ||
                    JSON.stringify(this.closing[name]) !== JSON.stringify(sent[name]));
            if (isTyped) {
                if (name in sent) {
                    this.closingBase[name] = sent[name];
                }
                continue;
            }
            delete this.closingDirty[name];
            this.closing[name] = value;
            this.closingBase[name] = value;
        }
    }

    // === Waiting, in the storage of this browser tab ===

    keep() {
        if (!this.isDirty) {
            browser.sessionStorage.removeItem(this.storageKey);
            return;
        }
        const points = Object.values(this.points).filter(
            (point) => Object.keys(point.dirty).length,
        );
        const { removed, closing, closingBase, closingDirty, lineDirty } = this;
        browser.sessionStorage.setItem(
            this.storageKey,
            JSON.stringify({
                points,
                removed,
                closing,
                closingBase,
                closingDirty,
                lineDirty,
            }),
        );
    }

    /** Take over what could not be saved before the page was left or reloaded. */
    restore() {
        const kept = JSON.parse(
            browser.sessionStorage.getItem(this.storageKey) || "{}",
        );
        for (const point of kept.points || []) {
            const known = this.points[point.uid] || point;
            for (const name of Object.keys(point.dirty)) {
                known[name] = point[name];
                known.dirty[name] = true;
            }
            known.base = point.base;
            this.points[point.uid] = known;
        }
        Object.assign(this.removed, kept.removed);
        Object.assign(this.lineDirty, kept.lineDirty);
        for (const name of Object.keys(kept.closingDirty || {})) {
            this.closing[name] = kept.closing[name];
            this.closingBase[name] = kept.closingBase[name];
            this.closingDirty[name] = true;
        }
        if (this.isDirty) {
            this.changed();
        }
    }
}
