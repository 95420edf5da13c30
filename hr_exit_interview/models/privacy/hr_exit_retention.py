import logging
from datetime import timedelta
from functools import partial

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every

from ...lib.isolate import for_each_part

_logger = logging.getLogger(__name__)
RETENTION_PREFIX = "hr.exit.retention."
PURGED_AT_ONCE = 500


class HrExitRetention(models.AbstractModel):
    """Something that is kept for a period after the last day, and then goes.

    A subject is one class that inherits this model under the name
    ``hr.exit.retention.<code>``; adding the class is registering it. It says in which
    records things are kept (``_retention_model``), for how long (``_get_period``),
    which of them still hold something (``_get_not_purged_domain``) and how it goes
    (``_purge``). Preview, cron, legal hold, log and erasure on request follow from
    these.
    """

    _name = "hr.exit.retention"
    _description = "Retention"

    _retention_model = None
    # The date field that the period counts from.
    _day_field = "departure_date"
    # The path from the records to the departure; "" for departures themselves.
    _departure_path = ""
    _retention_sequence = 50
    # What goes on request (GDPR 17): "text", "code", or None where law has it kept.
    _erasure_kind = None

    @api.model
    def _get_period(self, company):
        """How long after the last day it is kept; what ends today goes tomorrow.

        :return: relativedelta
        """
        raise NotImplementedError

    @api.model
    def _get_not_purged_domain(self, company):
        """Which records still hold something: what was purged is not found again.

        :return: Domain on ``_retention_model``
        """
        return Domain.TRUE

    @api.model
    def _count(self, records):
        """How much of each record goes.

        :return: {record: int}
        """
        return dict.fromkeys(records, 1)

    @api.model
    def _get_person(self, record):
        """Whom a record is about, for the preview."""
        return record.employee_name

    @api.model
    def _purge(self, records):
        """Remove what is kept in ``records``, as superuser.

        A fixed number of queries for any number of records, nothing committed.
        """
        raise NotImplementedError

    @api.model
    def _get_subjects(self):
        """Return the subjects of all installed addons, in order."""
        names = self.env.registry.descendants(["hr.exit.retention"], "_inherit")
        subjects = [
            self.env[name] for name in names if name.startswith(RETENTION_PREFIX)
        ]
        return sorted(subjects, key=lambda subject: subject._retention_sequence)

    @api.model
    def _get_code(self):
        return self._name.removeprefix(RETENTION_PREFIX)

    @api.model
    def _get_label(self):
        return self.env["ir.model"]._get(self._name).name or self._description

    @api.model
    def _get_first_kept(self, company, day):
        """The earliest last day of which everything is still kept on ``day``."""
        period = self._get_period(company)
        first = day - period
        # Months differ in length: 31 January and one month is 28 February.
        while first + period < day:
            first += timedelta(days=1)
        return first

    @api.model
    def _get_due_domain(self, company, day):
        """What goes on ``day`` or should have gone before, held or not.

        Without a last day the period counts from registration.

        :return: Domain on ``_retention_model``
        """
        first = self._get_first_kept(company, day)
        is_over = Domain(self._day_field, "<", first) | (
            Domain(self._day_field, "=", False) & Domain("create_date", "<", first)
        )
        is_of_company = Domain("company_id", "=", company.id)
        return is_of_company & is_over & self._get_not_purged_domain(company)

    @api.model
    def _get_legal_hold_domain(self, day):
        """What a legal hold keeps: all of who has one departure that is held.

        :return: Domain on ``_retention_model``
        """
        held = Domain("hold_until", ">=", day)
        held |= Domain("employee_id.departure_ids", "any", held)
        path = self._departure_path
        return Domain(path, "any", held) if path else held

    @api.model
    def _get_records(self):
        # sudo: what goes is decided by its age, not by the rights of who looks
        model = self.env[self._retention_model].sudo()
        return model.with_context(active_test=False)

    @api.model
    def _preview(self, company, day):
        """What goes up to ``day``: read only, a fixed number of queries.

        :return: list of dicts with ``person``, ``record_count``, ``due_date`` and
            ``hold_until`` (None where nothing is held)
        """
        records = self._get_records().search(self._get_due_domain(company, day))
        counts = self._count(records)
        holds = self._get_hold_ends(records, day)
        return [
            {
                "person": self._get_person(record),
                "record_count": counts.get(record, 0),
                "due_date": self._get_due_date(record, company),
                "hold_until": holds.get(record),
            }
            for record in records
        ]

    @api.model
    def _get_due_date(self, record, company):
        """The day on which a record goes."""
        last_day = record[self._day_field] or record.create_date
        last_day = fields.Date.to_date(last_day)
        return last_day + self._get_period(company) + timedelta(days=1)

    @api.model
    def _get_hold_ends(self, records, day):
        """Until when what is held is held.

        :return: {record: date}, without what is not held
        """
        held = records.search(
            Domain("id", "in", records.ids) & self._get_legal_hold_domain(day)
        )
        return {
            record: max(self._get_departures(record).mapped("hold_until"))
            for record in held
        }

    @api.model
    def _get_departures(self, record):
        """The departures that hold ``record``: its own and others of the person."""
        path = self._departure_path
        departure = record.mapped(path) if path else record
        departures = departure | departure.employee_id.departure_ids
        return departures.filtered("hold_until")

    @api.model
    def _search_of(self, departure):
        """What is still stored of one departure, due or not."""
        field = self._departure_path or "id"
        return self._get_records().search(
            Domain(field, "=", departure.id)
            & self._get_not_purged_domain(departure.company_id)
        )

    @api.model
    def _cron_purge(self):
        """Remove what is due in every company, in batches that are each kept."""
        self._purge_due(self.env["res.company"].search([("id", "!=", False)]), "cron")

    @api.model
    def _purge_due(self, companies, origin):
        """Remove what is due today, a batch per transaction.

        Stopped halfway, the next run goes on; a record that fails is logged and does
        not stop the others.

        :param origin: "cron" or "manual", for the log
        """
        cron = self.env["ir.cron"]
        work = self._get_work(companies, fields.Date.context_today(self))
        cron._commit_progress(remaining=sum(len(ids) for *_keys, ids in work))
        for subject, company, ids in work:
            for batch in split_every(PURGED_AT_ONCE, ids):
                for_each_part(
                    subject._get_records().browse(batch),
                    partial(subject._purge_batch, company, origin),
                    subject._log_not_purged,
                )
                if not cron._commit_progress(len(batch)):
                    return

    @api.model
    def _get_work(self, companies, day):
        """Return [(subject, company, ids)] of what is due and not held."""
        work = []
        for company in companies:
            for subject in self._get_subjects():
                domain = subject._get_purge_domain(company, day)
                work.append(
                    (subject, company, subject._get_records().search(domain).ids)
                )
        return work

    @api.model
    def _get_purge_domain(self, company, day):
        return self._get_due_domain(company, day) & ~self._get_legal_hold_domain(day)

    @api.model
    def _log_not_purged(self, record, error):
        _logger.error("%s not purged by %s", record, self._name, exc_info=error)

    @api.model
    def _purge_batch(self, company, origin, records):
        """Purge what of ``records`` is still due, unless somebody else is at it."""
        day = fields.Date.context_today(self)
        locked = records.try_lock_for_update()
        due = records.search(
            Domain("id", "in", locked.ids) & self._get_purge_domain(company, day)
        )
        until = self._get_first_kept(company, day) - timedelta(days=1)
        self._purge_and_log(due, company, origin, until)

    @api.model
    def _purge_and_log(self, records, company, origin, until=None):
        """Purge, and note how much went: never whose.

        :param until: the last day up to which everything goes; None on request
        """
        count = sum(self._count(records).values())
        if not count:
            return
        self._purge(records)
        self.env["hr.exit.retention.log"]._add_purge(
            self, company, count, origin, until
        )
        _logger.info("Purged %s of %s", count, self._name)
