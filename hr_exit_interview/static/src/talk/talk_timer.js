import { Component, onWillUnmount, onWillUpdateProps, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";

const TICK = 10_000;

/** How many minutes the talk takes; a clock, not a recording. Kept in the browser tab. */
export class TalkTimer extends Component {
    static template = "hr_exit_interview.TalkTimer";
    static props = { storageKey: String, toggles: Number };

    setup() {
        const kept = browser.sessionStorage.getItem(this.props.storageKey);
        this.state = useState(JSON.parse(kept || "null") || { before: 0, since: 0 });
        this.clock = useState({ now: Date.now() });
        const tick = browser.setInterval(() => (this.clock.now = Date.now()), TICK);
        onWillUpdateProps(({ toggles }) => {
            if (toggles !== this.props.toggles) {
                this.toggle();
            }
        });
        onWillUnmount(() => browser.clearInterval(tick));
    }

    get minutes() {
        const running = this.state.since ? this.clock.now - this.state.since : 0;
        return Math.floor((this.state.before + Math.max(running, 0)) / 60_000);
    }

    get title() {
        return this.state.since ? _t("Pause the clock") : _t("Start the clock");
    }

    toggle() {
        const now = Date.now();
        this.clock.now = now;
        if (this.state.since) {
            this.state.before += now - this.state.since;
            this.state.since = 0;
        } else {
            this.state.since = now;
        }
        const kept = JSON.stringify({ ...this.state });
        browser.sessionStorage.setItem(this.props.storageKey, kept);
    }
}
