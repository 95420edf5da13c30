import re

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..exit_http import is_own_form
from ..models.interview.hr_exit_interview_point import MAX_TEXT

# Neither the database nor a reader can do anything with these.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
MAX_LINE = 200


class ExitForm:
    """What a leaver sent: the usable values, and what is wrong with the others.

    A name that was not sent is not an error, nor is an empty value: nothing on the
    page is mandatory. ``errors`` is {field name: sentence}; ``kept`` is {uid: text} of
    what was saved otherwise than it was typed.
    """

    def __init__(self, env, params):
        self.env = env
        self.params = params
        self.errors = {}
        self.kept = {}

    def get(self, name):
        """Return the text as sent, without characters that nobody can type."""
        value = self.params.get(name)
        if not isinstance(value, str):
            return ""  # a file, or nothing
        return CONTROL.sub("", value.replace("\r\n", "\n")).strip()

    def get_text(self, name, limit=MAX_TEXT):
        """Return a text of any number of lines, refused when longer than ``limit``."""
        text = self.get(name)
        if len(text) > limit:
            self.errors[name] = self.env._(
                "This text has %(length)s characters and %(limit)s fit. Nothing is "
                "lost: shorten it here, then save.",
                length=len(text),
                limit=limit,
            )
        return text

    def save(self, form_token, save, anchor, field=None):
        """Save all of it or nothing; ``errors`` says what is in the way.

        :param str form_token: what the forms of this page carry
        :param save: method that saves, or adds to ``errors``
        :param str anchor: the part of the page the form is in
        :param str field: where a refusal is shown, when not there
        """
        if not is_own_form(form_token, self.params):
            self.errors[anchor] = self.env._(
                "This form came from another page or an older one. Check what you "
                "typed and save it again."
            )
            return
        try:
            with self.env.cr.savepoint():
                save()
        except UserError as error:
            self.env.invalidate_all()
            self.errors[field or anchor] = str(error)

    def get_choice(self, name, allowed):
        """Return one of the allowed codes, or False."""
        code = self.get(name)
        if code and code not in allowed:
            self.errors[name] = self.env._("Choose one of the options.")
        return code in allowed and code

    def get_day(self, name):
        """Return a day as a date, or False."""
        text = self.get(name)
        try:
            return bool(text) and fields.Date.to_date(text)
        except ValueError:
            self.errors[name] = self.env._(
                "This is not a day that exists. Write it as year-month-day: 2026-12-31."
            )
            return False

    def get_email(self, name):
        """Return one e-mail address in its normal form, or False."""
        text = self.get(name)
        address = len(text) <= MAX_LINE and email_normalize(text)
        if text and (not address or "." not in address.partition("@")[2]):
            self.errors[name] = self.env._(
                "This is not an e-mail address. Write it as name@example.com."
            )
        return address

    def get_id(self, name):
        """Return the number of a record, 0 when it is none."""
        text = self.get(name)
        return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0
