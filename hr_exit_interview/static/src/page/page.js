/**
 * The leaver's page works without this. It saves points while they are typed, and says
 * whether it could. Text that is not saved yet is kept in this tab alone, and only until
 * it is saved: computers are shared.
 */

const SAVE_AFTER = 900;
const RETRY_AFTER = 5000;

/** A name for a new point; unlike randomUUID this works without https too. */
function makeUid() {
    const bytes = window.crypto.getRandomValues(new Uint8Array(12));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Go to what is wrong; what was saved is said once, not again when the page is reloaded. */
function showNotice() {
    document.getElementById("error-summary")?.focus();
    const { pathname, hash } = window.location;
    window.history.replaceState(null, "", pathname + hash);
}

/** Keeps the points of one form in step with the server. */
class Autosave {
    constructor(form) {
        this.form = form;
        this.state = document.getElementById("save-state");
        this.list = document.getElementById("point-list");
        this.key = `exit-points-${form.elements.form_token.value.slice(0, 16)}`;
        this.timer = null;
        this.isSaving = false;
        this.bases = new Map();
        this.fields.forEach((field) => this.bases.set(field, this.readBase(field)));
        this.listen();
        this.restore();
    }

    get fields() {
        return [...this.list.querySelectorAll("textarea")];
    }

    get changed() {
        return this.fields.filter((field) => field.value !== this.bases.get(field));
    }

    readBase(field) {
        return this.getBaseInput(field).value;
    }

    getBaseInput(field) {
        return this.form.elements[field.name.replace("text_", "base_")];
    }

    listen() {
        this.form.addEventListener("input", () => this.plan(SAVE_AFTER));
        this.form.addEventListener("submit", (event) => {
            event.preventDefault();
            this.save();
        });
        window.addEventListener("online", () => this.plan(0));
        window.addEventListener("beforeunload", (event) => {
            if (this.changed.length) {
                event.preventDefault();
            }
        });
        document.addEventListener("visibilitychange", () => {
            if (document.visibilityState === "hidden") {
                this.save();
            }
        });
        const add = document.getElementById("add-point");
        add.hidden = false;
        add.addEventListener("click", () => this.addPoint());
    }

    plan(delay) {
        clearTimeout(this.timer);
        if (!this.changed.length) {
            this.keep();
            return;
        }
        this.keep();
        if (delay === SAVE_AFTER) {
            this.say("unsaved");
        }
        this.timer = setTimeout(() => this.save(), delay);
    }

    async save() {
        const fields = this.changed;
        if (this.isSaving || !fields.length) {
            if (!this.isSaving) {
                this.say("saved");
            }
            return;
        }
        clearTimeout(this.timer);
        this.isSaving = true;
        this.say("saving");
        const sent = new Map(fields.map((field) => [field, field.value]));
        try {
            await this.take(await this.send(sent), sent);
        } catch {
            this.say("offline");
            this.timer = setTimeout(() => this.save(), RETRY_AFTER);
        } finally {
            this.isSaving = false;
        }
    }

    send(sent) {
        const body = new window.URLSearchParams({
            form_token: this.form.elements.form_token.value,
        });
        for (const [field, text] of sent) {
            body.append(field.name, text);
            body.append(this.getBaseInput(field).name, this.bases.get(field));
        }
        return fetch(this.form.action, {
            method: "POST",
            headers: { Accept: "application/json" },
            body,
            keepalive: body.toString().length < 60000,
        });
    }

    async take(response, sent) {
        if (response.status === 404) {
            this.say("lost");
            return;
        }
        if (![200, 413, 422].includes(response.status)) {
            throw new Error(`status ${response.status}`);
        }
        const answer = await response.json();
        this.showErrors(answer.errors, sent);
        if (response.status !== 200) {
            return;
        }
        for (const [field, text] of sent) {
            this.takeText(field, text, answer.kept[field.name.slice(5)] ?? text);
        }
        this.keep();
        if (this.changed.length) {
            this.plan(SAVE_AFTER);
        } else {
            this.say("saved");
        }
    }

    /** Another window may have added words; what is being typed here is not touched. */
    takeText(field, sent, kept) {
        const isUntouched = field.value.trim() === sent.trim();
        if (isUntouched && kept !== sent.trim()) {
            field.value = kept;
        }
        const base = isUntouched ? kept : sent;
        this.bases.set(field, isUntouched ? field.value : sent);
        this.getBaseInput(field).value = base;
    }

    showErrors(errors, sent) {
        for (const field of sent.keys()) {
            const id = `error-${field.name}`;
            document.getElementById(id)?.remove();
            field.removeAttribute("aria-invalid");
            field.removeAttribute("aria-describedby");
            if (errors[field.name]) {
                const line = document.createElement("p");
                line.id = id;
                line.className = "error";
                line.textContent = errors[field.name];
                field.after(line);
                field.setAttribute("aria-invalid", "true");
                field.setAttribute("aria-describedby", id);
            }
        }
        const texts = Object.values(errors);
        if (texts.length) {
            this.say("error", texts.join(" "));
        }
    }

    say(state, text) {
        const words = text || this.form.dataset[state] || "";
        this.state.dataset.state = state;
        if (this.state.textContent !== words) {
            this.state.textContent = words;
        }
    }

    addPoint() {
        const last = this.list.lastElementChild;
        const point = last.cloneNode(true);
        const uid = makeUid();
        const field = point.querySelector("textarea");
        const label = point.querySelector("label");
        point.querySelectorAll(".error, .hint").forEach((node) => node.remove());
        point.querySelector("input").name = `base_${uid}`;
        point.querySelector("input").value = "";
        field.id = field.name = label.htmlFor = `text_${uid}`;
        field.value = "";
        field.removeAttribute("aria-invalid");
        field.removeAttribute("aria-describedby");
        label.querySelector("span").textContent = this.fields.length + 1;
        this.list.append(point);
        this.bases.set(field, "");
        field.focus();
        return field;
    }

    /** What is not saved survives a reload of this tab; what is saved leaves no trace. */
    keep() {
        const texts = this.changed.map((field) => [field.name, field.value]);
        try {
            if (texts.length) {
                window.sessionStorage.setItem(this.key, JSON.stringify(texts));
            } else {
                window.sessionStorage.removeItem(this.key);
            }
        } catch {
            this.key = ""; // storage is off: the page itself still has the text
        }
    }

    restore() {
        let texts = [];
        try {
            texts = JSON.parse(window.sessionStorage.getItem(this.key)) || [];
        } catch {
            return;
        }
        for (const [name, text] of texts) {
            const known = this.form.elements[name];
            const free = this.fields.find((field) => !field.value);
            (known || free || this.addPoint()).value = text;
        }
        if (texts.length) {
            this.plan(0);
        }
    }
}

showNotice();
const form = document.querySelector("form[data-autosave]");
if (form) {
    new Autosave(form);
}
