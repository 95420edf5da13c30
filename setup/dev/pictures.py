"""Take the pictures of README and guides, on a copy of the demo.

python setup/dev/pictures.py ADDRESS REPOSITORY LANGUAGE [NAME...]
"""

import io
import pathlib
import shutil
import sys

from PIL import Image, ImageChops
from playwright.sync_api import sync_playwright

from tests.chromium import CHROMIUM, FLAGS

LEAVER = "/exit/demo-leaver-Fatima-El-Amrani-of-Poldertuin-1"
MAX_BYTES = 150_000
# The English ones that an addon's own page shows too.
OF_ADDONS = {
    "settlement": "hr_exit_interview",
    "talk": "hr_exit_interview",
    "leaver": "hr_exit_interview",
    "insight": "hr_exit_interview",
    "questionnaire": "hr_exit_interview_survey",
}
DESKTOP = (1366, 800)
TALL = (1366, 1000)
PHONE = (375, 900)
TYPED = {
    "en_US": {
        "point": "The roster: weeks that change on Friday for Monday.",
        "why": "I liked the work and the people. The roster changes every week.",
        "probe": "When did that begin?",
        "probed": "In spring, when two of us left.",
        "summary": "Joost leaves because the roster changes too often. He would have"
        " stayed with four weeks' notice of his shifts. He praises his colleagues"
        " and what he learned about growing.",
    },
    "nl_NL": {
        "point": "Het rooster: weken die vrijdag nog veranderen voor maandag.",
        "why": "Het werk en de mensen waren fijn. Het rooster verandert elke week.",
        "probe": "Wanneer begon dat?",
        "probed": "In het voorjaar, toen twee van ons weggingen.",
        "summary": "Joost vertrekt omdat het rooster te vaak verandert. Met een rooster"
        " dat vier weken vooruit vaststaat was hij gebleven. Hij prijst zijn"
        " collega's en wat hij over de teelt leerde.",
    },
}


class Room:
    """A browser, with a window per role; remembers who is logged in."""

    def __init__(self, chromium, address, lang):
        self.chromium = chromium
        self.address = address
        self.lang = lang
        self.typed = TYPED[lang]
        self.windows = {}

    def window(self, login, size=DESKTOP):
        """The window of a user, or of the leaver.

        :param login: login and password, or None for the leaver, who has neither
        """
        if (login, size) not in self.windows:
            width, height = size
            context = self.chromium.new_context(
                viewport={"width": width, "height": height},
                locale=self.lang.replace("_", "-"),
                timezone_id="Europe/Amsterdam",
            )
            context.set_default_timeout(20_000)
            page = context.new_page()
            if login:
                self._log_in(page, login)
            else:
                page.goto(f"{self.address}{LEAVER}")
                page.goto(f"{self.address}/exit/lang/{self.lang}")
            self.windows[login, size] = page
        return self.windows[login, size]

    def _log_in(self, page, login):
        page.goto(f"{self.address}/web/login")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", login)
        page.locator("form.oe_login_form button[type=submit]").click()
        page.wait_for_url("**/odoo**")

    def speak(self):
        """Users and leavers have the language of the pictures."""
        page = self.window("admin")
        for model, domain in (
            ("res.users", [("share", "=", False)]),
            ("hr.departure", [("state", "=", "confirmed")]),
        ):
            records = self.call(page, model, "search", domain)
            self.call(page, model, "write", records, {"lang": self.lang})

    def call(self, page, model, method, *args):
        """The result of a method with the rights of who is logged in."""
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        answer = page.request.post(
            f"{self.address}/web/dataset/call_kw/{model}/{method}",
            data={"jsonrpc": "2.0", "params": params},
        ).json()
        if "error" in answer:
            raise RuntimeError(answer["error"]["data"]["message"])
        return answer["result"]

    def find(self, page, model, field, value):
        """The id of the first record with this value."""
        return self.call(page, model, "search", [(field, "=", value)])[0]

    def go(self, page, path, shown):
        """Open a page of Odoo and wait until there is something to see."""
        page.goto(f"{self.address}{path}")
        page.locator(shown).first.wait_for()
        return page


def register(room):
    """Odoo's own wizard, with the fields that were added to it."""
    page = room.window("hr")
    employee = room.find(page, "hr.employee", "name", "Sanne Kuipers")
    room.go(page, f"/odoo/employees/{employee}", ".o_form_view")
    page.locator(".o_cp_action_menus .fa-cog").click()
    page.locator(".o-dropdown--menu .oi-archive").click()
    page.locator(".modal [name=departure_reason_id] input").wait_for()
    return page


def departure(room):
    page = room.window("hr")
    record = room.find(page, "hr.departure", "employee_name", "Joost Visser")
    return room.go(page, f"/odoo/departures/{record}", ".o_form_view .nav-tabs")


def preview(room):
    """What another last day would give, beside the registered one."""
    page = departure(room)
    page.locator("button[name=action_prepare_settlement]").click()
    dialog = page.locator(".modal")
    dialog.locator("[name=other_date] :is(input, button)").first.click()
    page.locator(".o_datetime_picker .o_next").click()
    page.locator(".o_datetime_picker .o_date_item_cell:not(.o_out_of_range)").nth(
        14
    ).click()
    dialog.locator("button[name=action_compute]:visible").click()
    dialog.locator("[name=other_total]").wait_for()
    dialog.locator(".o_data_row").first.wait_for()
    return page


def settlement(room):
    page = room.window("payroll", TALL)
    record = room.find(page, "hr.settlement", "employee_name", "Joost Visser")
    room.go(page, f"/odoo/settlements/{record}", ".o_data_row")
    page.locator(".o_form_sheet > .o_group").evaluate("e => e.scrollIntoView()")
    return page


def interviews(room):
    page = room.window("hr")
    return room.go(page, "/odoo/exit-interviews", ".o_kanban_record")


def plan(room):
    """Offering and planning for everybody who waits for it."""
    page = room.window("hr")
    room.go(page, "/odoo/exit-interviews?view_type=list", ".o_data_row")
    page.locator("thead .o_list_record_selector input").check()
    page.locator(".o_control_panel button", has=page.locator("text=/^Plan/")).click()
    dialog = page.locator(".modal")
    dialog.locator(".o_data_row").first.wait_for()
    toggle = dialog.locator("[name=has_planning] input")
    if not toggle.is_checked():
        dialog.locator("[name=has_planning] .o_boolean_toggle").click()
    dialog.locator("button[name=action_preview]:visible").click()
    dialog.locator("[name=start_datetime]").first.wait_for()
    return page


def _prepare(room):
    """Joost notes a point on his page, before the conversation."""
    office = room.window("hr")
    record = room.find(office, "hr.departure", "employee_name", "Joost Visser")
    action = room.call(office, "hr.departure", "action_show_page_link", [record])
    shown = room.call(office, action["res_model"], "read", [action["res_id"]], ["url"])
    page = room.chromium.new_context().new_page()
    page.goto(room.address + "/exit/" + shown[0]["url"].rpartition("/")[2])
    page.locator("#point-list textarea").first.fill(room.typed["point"])
    page.locator("#points form button.primary").click()
    page.locator("#points").wait_for()


def _talk(room):
    page = room.window("interviewer")
    record = room.call(
        page, "hr.exit.interview", "search", [("state", "in", ("scheduled", "held"))]
    )[0]
    room.go(page, f"/odoo/exit-interviews/{record}", "button[name=action_open_talk]")
    page.locator("button[name=action_open_talk]:visible").click()
    page.locator(".o_talk_block textarea").first.wait_for()
    return page


def talk(room):
    """An answer with a question that was asked on, beside what was prepared."""
    _prepare(room)
    page = _talk(room)
    page.locator(".o_talk_opening button").click()
    answer = page.locator(".o_talk_block textarea").first
    answer.fill(room.typed["why"])
    page.keyboard.press("F2")
    page.locator(".o_talk_follow_up").first.wait_for()
    page.keyboard.type(room.typed["probe"])
    page.keyboard.press("Enter")
    page.keyboard.type(room.typed["probed"])
    page.locator('.o_talk_status[data-status="saved"]').wait_for()
    return page


def closing(room):
    """Reading back, with the choice of the leaver."""
    page = _talk(room)
    page.locator(".o_talk_parts button").last.click()
    page.locator(".o_talk_summary, .o_talk_summary textarea").first.fill(
        room.typed["summary"]
    )
    page.locator('.o_talk_status[data-status="saved"]').wait_for()
    return page


def leaver(room):
    page = room.window(None, PHONE)
    return room.go(page, "/exit", "#answer")


def leaver_settlement(room):
    """One line of the list opened, as the leaver reads it."""
    page = leaver(room)
    page.locator("#settlement .explanation summary").first.click()
    page.locator("#settlement").evaluate("section => section.scrollIntoView()")
    return page


def questionnaire(room):
    page = leaver(room)
    page.locator("#questionnaire form button").click()
    page.locator(".o_survey_form button[type=submit]").first.click()
    page.locator(".js_question-wrapper").first.wait_for()
    return page


def insight(room):
    page = room.window("hr")
    room.go(page, "/odoo/exit-insight", ".o_insight_canvas")
    return page


PICTURES = (
    register,
    departure,
    preview,
    settlement,
    interviews,
    plan,
    talk,
    closing,
    leaver,
    leaver_settlement,
    questionnaire,
    insight,
)


def save(page, path):
    """Store what is to be seen, with as many colours as fit in ``MAX_BYTES``."""
    page.mouse.move(0, 0)
    page.wait_for_timeout(1500)  # faces and charts come after the words
    shot = page.screenshot(animations="disabled", caret="hide")
    picture = _without_empty_end(Image.open(io.BytesIO(shot)).convert("RGB"))
    for colours in (256, 128, 64, 32):
        picture.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= MAX_BYTES:
            return
    raise RuntimeError(f"{path.name} is larger than {MAX_BYTES} bytes")


def _without_empty_end(picture):
    """Cut off the rows at the bottom that are all like the last one."""
    last = picture.crop((0, picture.height - 1, picture.width, picture.height))
    empty = last.resize(picture.size)
    box = ImageChops.difference(picture, empty).getbbox()
    end = min(box[3] + 24, picture.height) if box else picture.height
    return picture.crop((0, 0, picture.width, end))


def main(address, repository, lang, *names):
    folder = pathlib.Path(repository, "docs", "images")
    folder.mkdir(exist_ok=True)
    wanted = [take for take in PICTURES if not names or take.__name__ in names]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        room = Room(chromium, address, lang)
        room.speak()
        for take in wanted:
            path = folder / f"{take.__name__.replace('_', '-')}.{lang[:2]}.png"
            try:
                save(take(room), path)
            except Exception as error:
                raise RuntimeError(f"{path.name} could not be taken") from error
            if lang == "en_US" and take.__name__ in OF_ADDONS:
                addon = pathlib.Path(repository, OF_ADDONS[take.__name__])
                shown = addon / "static" / "description" / f"{take.__name__}.png"
                shutil.copyfile(path, shown)
            sys.stderr.write(f"{path.name}: {path.stat().st_size // 1024} kB\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
