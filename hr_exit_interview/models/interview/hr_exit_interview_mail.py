import logging
import re

from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, format_date, format_datetime, formataddr

from ...lib.trusted import as_system
from . import hr_exit_interview  # noqa: F401 - extended here

_logger = logging.getLogger(__name__)
# Stands in templates and previews for the personal link, which is put in at the very
# end: nobody who edits or previews a template gets to see one.
LEAVER_LINK = "#exit-page"
INTERVIEWER_LINK = "#interviewer-page"
MAIL_CRON = "mail.ir_cron_mail_scheduler_action"
MAIL_FACTS = (
    "mail_leaver",
    "mail_last_day",
    "mail_closing_day",
    "mail_moment",
    "mail_interviewer",
    "mail_place",
    "mail_contact",
    "mail_text_retention",
    "mail_code_retention",
)
THANKS = "hr_exit_interview.mail_template_thanks"
SUMMARY = "hr_exit_interview.mail_template_summary"
MANAGER_SUMMARY = "hr_exit_interview.mail_template_manager_summary"
# Small words in surnames, which a summary is full of.
PARTICLES = {
    *("al", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "het"),
    *("in", "la", "le", "op", "te", "ten", "ter", "van", "von", "zu"),
}


class HrExitInterview(models.Model):
    """Mail to the leaver: own words, own address, a link that nobody else can read.

    Such a mail belongs to no record and is deleted once sent, so it is not in any
    chatter. Templates use the fields ``mail_…`` alone: plain facts, no code.
    """

    _inherit = "hr.exit.interview"

    mail_leaver = fields.Char(string="Name", compute="_compute_mail_facts")
    mail_last_day = fields.Char(string="Last Day", compute="_compute_mail_facts")
    mail_closing_day = fields.Char(
        string="Offer Open Until", compute="_compute_mail_facts"
    )
    mail_moment = fields.Char(string="Planned Moment", compute="_compute_mail_facts")
    mail_interviewer = fields.Char(
        string="Interviewer's Name", compute="_compute_mail_facts"
    )
    mail_place = fields.Char(string="Place", compute="_compute_mail_facts")
    mail_contact = fields.Char(string="Contact in HR", compute="_compute_mail_facts")
    mail_text_retention = fields.Char(
        string="Texts Kept For", compute="_compute_mail_facts"
    )
    mail_code_retention = fields.Char(
        string="Coded Answers Kept For", compute="_compute_mail_facts"
    )

    thanked_date = fields.Datetime(string="Thanked On", readonly=True, copy=False)
    shared_date = fields.Datetime(
        string="Summary Given On",
        readonly=True,
        copy=False,
        help="When the manager got the summary, as the leaver allowed.",
    )
    shared_user_id = fields.Many2one(
        "res.users", string="Summary Given By", readonly=True, copy=False
    )
    mail_summary = fields.Text(
        string="Summary for the Manager", compute="_compute_mail_summary"
    )
    mail_summary_leaver = fields.Char(
        string="Leaver as the Manager May Know", compute="_compute_mail_summary"
    )

    @api.depends_context("lang")
    @api.depends(
        "departure_id.departure_date",
        "departure_id.employee_name",
        "start_datetime",
        "stop_datetime",
        "interviewer_id",
        "outside_interviewer_id",
        "candidate_ids",
        "form",
        "location",
        "video_url",
    )
    def _compute_mail_facts(self):
        # sudo: hr.departure - facts for the leaver's own mail
        interviews = self.sudo()
        responsibles = interviews.departure_id._get_exit_responsibles()
        for interview in interviews:
            departure = interview.departure_id
            company = interview.company_id
            contact = responsibles[departure] or company
            interview.mail_leaver = departure.employee_name
            interview.mail_last_day = interview._say_day(departure.departure_date)
            interview.mail_closing_day = interview._say_day(
                interview._get_closing_day()
            )
            interview.mail_moment = interview._say_moment()
            interview.mail_interviewer = interview._say_interviewer()
            interview.mail_place = interview._say_place()
            interview.mail_contact = ", ".join(
                filter(None, [contact.name, contact.email])
            )
            interview.mail_text_retention = interview._say_months(
                company.exit_text_retention_months
            )
            interview.mail_code_retention = interview._say_months(
                company.exit_code_retention_months
            )

    @api.depends_context("lang")
    @api.depends("summary", "share_choice", "state", "departure_id.departure_date")
    def _compute_mail_summary(self):
        for interview in self:
            values = interview._get_manager_summary()
            interview.mail_summary = values.get("summary")
            interview.mail_summary_leaver = values.get("leaver")

    @api.model
    def mail_allowed_qweb_expressions(self):
        """Return what templates of this model may say without being code."""
        return (
            *super().mail_allowed_qweb_expressions(),
            "object.company_id.name",
            *(f"object.{name}" for name in MAIL_FACTS),
            "object.mail_summary",
            "object.mail_summary_leaver",
        )

    def action_close(self):
        """Close: nobody changes what was said, and the leaver is thanked once.

        An outside link ends. Reopening stays possible.
        """
        self.write({"state": "closed"})
        # sudo: hr.exit.interview - the interviewer closes, the rest follows
        interviews = self.sudo()
        interviews._revoke_interviewer_token()
        fresh = interviews.filtered(lambda interview: not interview.thanked_date)
        fresh.thanked_date = fields.Datetime.now()
        fresh._send_leaver_mail(THANKS)

    def action_send_summary(self):
        """Tell the leaver that the summary is on the personal page, on request.

        :raises UserError: there is no summary, or no address
        """
        self.ensure_one()
        self.check_access("write")
        if not self.summary:
            raise UserError(
                self.env._("There is no summary yet. Write it in the conversation.")
            )
        if not self._send_leaver_mail(SUMMARY):
            raise UserError(
                self.env._(
                    "No e-mail address is known. Print the letter with the link "
                    "instead."
                )
            )

    def action_share_summary(self):
        """Send the manager the summary that the leaver allowed, after the last day.

        :raises UserError: says why nothing is sent
        """
        self.ensure_one()
        self.check_access("write")
        self._check_shareable()
        # sudo: hr.exit.interview - whoever holds the talk passes the summary on,
        # without rights on the manager's data
        interview = self.sudo()
        manager = interview.manager_id
        letter = {
            "interview": interview,
            "to": (manager.name, manager.work_email),
            "lang": manager.user_id.lang or self.env.lang,
            "links": {},
        }
        interview._queue_mails(MANAGER_SUMMARY, [letter])
        interview.write(
            {"shared_date": fields.Datetime.now(), "shared_user_id": self.env.uid}
        )

    def _say_day(self, day):
        return day and format_date(self.env, day, date_format=self._get_day_format())

    def _get_day_format(self):
        """Return how to write a day, weekday first; languages punctuate differently."""
        return self.env._("EEEE d MMMM y")

    def _say_months(self, months):
        return self.env._("%(count)s months", count=months)

    def _say_moment(self):
        """Return the planned time slot on the leaver's clock: day, from and until."""
        if not self.start_datetime:
            return False
        zone = self.departure_id._get_leaver_tz()
        stop = format_datetime(self.env, self.stop_datetime, zone, "HH:mm")
        return f"{self._say_time(self.start_datetime)}–{stop}"

    def _say_time(self, moment):
        """Day and time on the leaver's clock; "" for none.

        :param datetime moment: naive UTC
        """
        if not moment:
            return ""
        zone = self.departure_id._get_leaver_tz()
        return format_datetime(
            self.env, moment, zone, f"{self._get_day_format()}, HH:mm"
        )

    def _say_interviewer(self):
        """Name the interviewer, or the people between whom the leaver chooses."""
        who = self.outside_interviewer_id or self.interviewer_id or self.candidate_ids
        return self.env._(" or ").join(who.mapped("name"))

    def _say_place(self):
        """Say where the conversation is held, in a few words; "" when not known yet."""
        if self.form == "video":
            return self.video_url or self.env._("by video, the address follows")
        if self.form == "phone":
            return self.env._("by phone: we call you")
        if self.form in ("chat", "email", "questionnaire"):
            return self.env._("on your own page")
        return self.location or ""

    def _send_leaver_mail(self, template_xmlid, with_ics=False):
        """Queue a mail to the leaver of each interview, in the leaver's language.

        A constant number of queries for any number of interviews. The leaver's link
        takes the place of ``#exit-page`` and is in no message of any record.

        :param str template_xmlid: a ``mail.template`` of this model; archived or
            deleted it sends nothing
        :param bool with_ics: add the calendar file
        :return: the interviews whose leaver has an address, in sudo
        """
        # sudo: hr.exit.interview - private address and link, for the mail alone
        interviews = self.sudo()
        today = fields.Date.context_today(self)
        addresses = {
            interview: interview.departure_id._get_leaver_email(today, interview)
            for interview in interviews
        }
        reachable = interviews.filtered(addresses.get)
        reachable.departure_id._ensure_exit_token()
        letters = [
            {
                "interview": interview,
                "to": (interview.departure_id.employee_name, addresses[interview]),
                "lang": interview.departure_id._get_leaver_lang(),
                "links": {LEAVER_LINK: interview.departure_id._get_exit_url()},
            }
            for interview in reachable
        ]
        self._queue_mails(template_xmlid, letters, with_ics)
        return reachable

    def _send_interviewer_mail(self, template_xmlid, with_ics=False, has_link=True):
        """Queue a mail to each outside interviewer.

        :param bool has_link: with the interviewer's own link in it
        :return: the interviews whose outside interviewer has an address, in sudo
        """
        # sudo: hr.exit.interview - the link, for the mail alone
        reachable = self.sudo().filtered(
            lambda i: email_normalize(i.outside_interviewer_id.email or "")
        )
        letters = [
            {
                "interview": interview,
                "to": (
                    interview.outside_interviewer_id.name,
                    email_normalize(interview.outside_interviewer_id.email),
                ),
                "lang": interview.outside_interviewer_id.lang or self.env.lang,
                "links": has_link
                and {INTERVIEWER_LINK: interview._get_interviewer_url()},
            }
            for interview in reachable
        ]
        self._queue_mails(template_xmlid, letters, with_ics)
        return reachable

    @api.model
    def _queue_mails(self, template_xmlid, letters, with_ics=False):
        """Render and queue mails.

        :param list letters: dicts with ``interview``, ``to`` as (name, address),
            ``lang`` and ``links`` {placeholder: address}
        """
        # sudo: mail.template - sent for whoever plans, who need not edit templates
        template = self.env.ref(template_xmlid, raise_if_not_found=False)
        template = template and template.sudo()
        if not template or not template.active:
            _logger.info("Mail %s is switched off", template_xmlid)
            return
        by_lang = {}
        for letter in letters:
            by_lang.setdefault(letter["lang"], []).append(letter)
        values_list = []
        for lang, of_lang in by_lang.items():
            localized = template.with_context(lang=lang)
            values_list += self._prepare_mails(localized, of_lang, with_ics)
        # As the system: whoever creates a message may read it back.
        as_system(self.env)["mail.mail"].create(values_list)
        if values_list:
            # sudo: ir.cron - the queue sends within the minute
            self.env.ref(MAIL_CRON).sudo()._trigger()

    @api.model
    def _prepare_mails(self, template, letters, with_ics):
        """Return the values of mails in one language.

        :return: list of dicts for ``mail.mail``
        """
        # sudo: hr.exit.interview - what is in the mail, for whoever has it sent
        interviews = self.sudo().union(*(letter["interview"] for letter in letters))
        subjects = template._render_field("subject", interviews.ids)
        bodies = template._render_field("body_html", interviews.ids)
        responsibles = interviews.departure_id._get_exit_responsibles()
        values_list = []
        for letter in letters:
            interview = letter["interview"].with_context(lang=template.env.lang)
            sender = interview.company_id
            contact = responsibles[interview.departure_id] or sender
            values_list.append(
                {
                    "subject": subjects[interview.id],
                    "body_html": self._put_links(bodies[interview.id], letter["links"]),
                    "email_to": formataddr(letter["to"]),
                    "email_from": sender.email_formatted or contact.email_formatted,
                    "reply_to": contact.email_formatted or sender.email_formatted,
                    # No author: who writes a message may read it back.
                    "author_id": False,
                    "auto_delete": True,
                    "exit_interview_id": interview.id,
                    "attachment_ids": interview._prepare_ics_commands(letter)
                    if with_ics
                    else [],
                }
            )
        return values_list

    @api.model
    def _put_links(self, body, links):
        """Put the personal links in; a text that lost its link gets it at the end."""
        for placeholder, address in (links or {}).items():
            if placeholder not in body:
                body += Markup('<p><a href="%(link)s">%(link)s</a></p>') % {
                    "link": placeholder
                }
            body = body.replace(placeholder, address)
        return body

    def _prepare_ics_commands(self, letter):
        """Return the calendar file as an attachment that goes when its mail goes."""
        content = self._get_ics(letter["to"])
        if not content:
            return []
        return [
            Command.create(
                {
                    "name": "invite.ics",
                    "raw": content,
                    "mimetype": "text/calendar",
                    "res_model": "mail.message",
                    "res_id": 0,
                }
            )
        ]

    def _check_shareable(self):
        reason = self._get_unshareable_reason()
        # sudo: hr.employee - whether the manager is still here
        manager = self.sudo().manager_id
        if not reason and not (manager.active and manager.work_email):
            reason = self.env._(
                "The manager at the time has no e-mail address here any more. Nobody "
                "else gets the summary."
            )
        if reason:
            raise UserError(reason)

    def _get_unshareable_reason(self):
        """Return why the manager gets nothing, as a sentence; empty otherwise."""
        if self.share_choice == "no":
            return self.env._("The leaver did not allow a summary for the manager.")
        if self.state != "closed":
            return self.env._("Close the interview first: then the summary is final.")
        if not self.summary:
            return self.env._("There is no summary to give.")
        if not self._is_after_last_day():
            return self.env._(
                "The manager gets nothing before the last day is over: that was "
                "promised to the leaver."
            )
        return ""

    def _is_after_last_day(self):
        # sudo: hr.departure - the last day, nothing else
        day = self.departure_id.sudo().departure_date
        return bool(day) and fields.Date.context_today(self) > day

    def _get_manager_summary(self):
        """Return all that the manager may get: the summary, and the name if allowed.

        :return: dict with ``summary`` and ``leaver``; empty when nothing may be given
        """
        if self._get_unshareable_reason():
            return {}
        # sudo: hr.departure - the name, to give it or to take it out
        name = self.departure_id.sudo().employee_name
        if self.share_choice == "named":
            return {"summary": self.summary, "leaver": name}
        return {
            "summary": self._without_name(self.summary, name),
            "leaver": self.env._("somebody who worked in your team"),
        }

    @api.model
    def _without_name(self, text, name):
        """Return the text without any part of the name, however it is written."""
        words = {word for word in re.findall(r"\w+", name) if len(word) > 1}
        words = {word for word in words if word.lower() not in PARTICLES}
        if not words:
            return text
        pattern = "|".join(re.escape(word) for word in sorted(words))
        return re.sub(rf"\b({pattern})(s)?\b", "…", text, flags=re.IGNORECASE)
