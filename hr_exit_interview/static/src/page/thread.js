/**
 * Keeps the messages of a conversation in writing up to date. The page works without
 * this: its link looks for new messages.
 */

const REFRESH_AFTER = 10_000;

async function refresh(box) {
    if (document.visibilityState === "visible") {
        try {
            const response = await fetch(box.dataset.refresh);
            if (response.status === 404) {
                return; // the link has ended: asking on would help nobody
            }
            if (response.ok) {
                show(box, await response.text());
            }
        } catch {
            // No connection: the next try is a few seconds away.
        }
    }
    setTimeout(() => refresh(box), REFRESH_AFTER);
}

/** Put the messages in place only when there is a new one: readers lose no place. */
function show(box, html) {
    const page = new window.DOMParser().parseFromString(html, "text/html");
    if (page.body.textContent.trim() !== box.textContent.trim()) {
        box.replaceChildren(...page.body.childNodes);
    }
}

const box = document.getElementById("thread-messages");
if (box) {
    setTimeout(() => refresh(box), REFRESH_AFTER);
}
