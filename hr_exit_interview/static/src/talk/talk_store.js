import { browser } from "@web/core/browser/browser";
import { ConnectionLostError } from "@web/core/network/rpc";
import { TalkContent } from "./talk_content";

const MODEL = "hr.exit.interview";

export const SAVE_DELAY = 1000;
export const POLL_DELAY = 5000;
const RETRY_DELAYS = [2000, 4000, 8000, 15000];

/** Whether the server understood and said no: asking again gives the same answer. */
function isRefusal(error) {
    return (error.exceptionName || "").startsWith("odoo.exceptions.");
}

/** A conversation that saves itself, waits for a lost connection, and hears of others. */
export class TalkStore extends TalkContent {
    constructor(orm, interviewId, storageKey) {
        super(storageKey);
        this.orm = orm;
        this.interviewId = interviewId;
        this.talk = null;
        this.settlement = { state: "none", groups: [] };
        /** saved, unsaved, offline or refused */
        this.status = "saved";
        this.refusal = "";
        this.failures = 0;
        this.saving = null;
        this.saveTimer = null;
        this.pollTimer = null;
    }

    // === Reading ===

    async load() {
        this.talk = await this.call("get_talk");
        this.settlement = this.talk.settlement;
        this.receive(this.talk, {});
        this.restore();
        this.schedulePoll();
    }

    call(method, ...args) {
        return this.orm.silent.call(MODEL, method, [[this.interviewId], ...args]);
    }

    // === Saving ===

    changed() {
        if (this.status === "saved" || this.status === "refused") {
            this.status = "unsaved";
        }
        super.changed();
        this.scheduleSave(SAVE_DELAY);
    }

    scheduleSave(delay) {
        if (!this.saveTimer) {
            this.saveTimer = browser.setTimeout(() => {
                this.saveTimer = null;
                this.save();
            }, delay);
        }
    }

    /** Save now; resolves when what waits was sent once, successfully or not. */
    async save() {
        if (this.saving) {
            await this.saving;
        }
        if (!this.isDirty) {
            this.status = "saved";
            return;
        }
        browser.clearTimeout(this.saveTimer);
        this.saveTimer = null;
        this.saving = this.send();
        await this.saving;
        this.saving = null;
    }

    async send() {
        try {
            await this.sendTalk();
            await this.sendLines();
            this.failures = 0;
            this.status = this.isDirty ? "unsaved" : "saved";
            this.keep();
            if (this.isDirty) {
                this.scheduleSave(SAVE_DELAY);
            }
        } catch (error) {
            this.fail(error);
        }
    }

    fail(error) {
        if (isRefusal(error)) {
            this.status = "refused";
            this.refusal = error.data.message;
            return;
        }
        this.status = error instanceof ConnectionLostError ? "offline" : "unsaved";
        const delay = RETRY_DELAYS[Math.min(this.failures, RETRY_DELAYS.length - 1)];
        this.failures++;
        this.scheduleSave(delay);
    }

    async sendTalk() {
        const sent = this.collect();
        if (sent.points.length || sent.closing) {
            const result = await this.call("save_talk", sent);
            for (const change of sent.points.filter((change) => change.is_deleted)) {
                delete this.removed[change.uid];
            }
            this.receive(result, sent);
        }
    }

    async sendLines() {
        for (const [id, { state, question }] of Object.entries(this.lineDirty)) {
            const line = await this.sendLine(Number(id), state, question);
            const waiting = this.lineDirty[id];
            if (waiting.state === state && waiting.question === question) {
                delete this.lineDirty[id];
                this.replaceLine(line);
            }
        }
    }

    async sendLine(id, state, question) {
        try {
            return await this.call("save_settlement_line", id, state, question);
        } catch (error) {
            if (isRefusal(error)) {
                // Nothing to keep: the line is as payroll has it.
                delete this.lineDirty[id];
                await this.reloadSettlement();
            }
            throw error;
        }
    }

    replaceLine(line) {
        for (const group of this.settlement.groups) {
            const known = group.lines.find((other) => other.id === line.id);
            Object.assign(known || {}, line);
        }
    }

    // === News of others ===

    schedulePoll() {
        browser.clearTimeout(this.pollTimer);
        this.pollTimer = browser.setTimeout(() => this.poll(), POLL_DELAY);
    }

    async poll() {
        try {
            if (!this.saving && !document.hidden) {
                const result = await this.call("get_talk_changes", this.revision);
                if ("revision" in result) {
                    this.receive(result, {});
                }
                if (this.status === "offline") {
                    await this.save();
                }
            }
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                this.status = "offline";
            }
        }
        if (this.pollTimer) {
            this.schedulePoll();
        }
    }

    /** Ask at once, for instance when the line is back. */
    async refresh() {
        await this.save();
        await this.poll();
    }

    async reloadSettlement() {
        try {
            const settlement = await this.call("get_talk_settlement");
            if (!Object.keys(this.lineDirty).length) {
                this.settlement = settlement;
            }
        } catch (error) {
            this.fail(error);
        }
    }

    async close() {
        await this.save();
        if (this.isDirty) {
            return false;
        }
        try {
            this.receive(await this.call("close_talk"), {});
            return true;
        } catch (error) {
            this.fail(error);
            return false;
        }
    }

    stop() {
        browser.clearTimeout(this.pollTimer);
        this.pollTimer = null;
    }
}
