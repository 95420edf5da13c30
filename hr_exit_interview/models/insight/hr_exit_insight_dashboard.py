from collections import defaultdict
from operator import itemgetter

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..departure.hr_departure_reason import get_departure_types

MONTHS_SHOWN = 24
GROUP_BY = (
    "item",
    "theme_id",
    "dimension",
    "department_id",
    "departure_type",
    "tenure_band",
    "is_rest",
)
ANSWER_BY = (
    "item",
    "reason_id",
    "answer_type",
    "is_answer_rest",
    "release_id",
    "months",
)


class HrExitInsightDashboard(models.AbstractModel):
    """What the dashboard shows: sums of published figures, in a few queries.

    It reads nothing but what its reader may read, so it needs no protection of its own.
    """

    _name = "hr.exit.insight.dashboard"
    _description = "Insight Dashboard"

    @api.model
    @api.readonly
    def get_data(self, quarters=4, department_id=False):
        """Return the figures of the newest closed quarters of the current company.

        :param quarters: how many of them together
        :param department_id: a unit, or False for the company
        :return: a dict for the client; what may not be known is not in it
        """
        company = self.env.company
        count = quarters if isinstance(quarters, int) else 4
        # True is an int too, and no unit.
        department_id = type(department_id) is int and department_id
        releases = self.env["hr.exit.insight.release"].search_fetch(
            [("company_id", "=", company.id)],
            ["quarter"],
            limit=max(1, min(count, 20)),
        )
        where = self._get_place(department_id)
        cells = self._sum_cells(releases)
        answers = self._sum_answers(releases, where)
        return {
            "company": company.name,
            "quarters": releases.mapped("quarter")[::-1],
            "minimum": company.exit_insight_minimum,
            "units": self._get_units(company),
            "tiles": self._get_tiles(cells, answers, where),
            "reasons": answers["reason"],
            "types": answers["type"],
            "themes": self._get_heat_map(cells),
            "participation": self._get_by_unit(cells, "participation"),
            "turnover_units": self._get_by_unit(cells, "turnover"),
            "turnover_bands": self._get_turnover_by_band(cells),
            "months": self._get_months(company, department_id),
            "survival": answers["survival"],
            "improvements": self._get_improvements(company),
            "signals": self._get_signals(company),
        }

    @api.model
    def _get_place(self, department_id):
        """(dimension, unit) that figures are wanted of."""
        return ("unit", department_id) if department_id else ("company", False)

    @api.model
    def _sum_cells(self, releases):
        """[{...}]: figures of the same kind summed over releases, in one query.

        Releases have nobody in common, so that their figures add up.
        """
        rows = self.env["hr.exit.insight"]._read_group(
            [
                ("release_id", "in", releases.ids),
                ("item", "not in", ("survival", "reason", "type")),
            ],
            GROUP_BY,
            ["n:sum", "total:sum"],
        )
        names = (*GROUP_BY, "n", "total")
        return [dict(zip(names, row, strict=True)) for row in rows]

    @api.model
    def _get_figure(self, item, cell):
        """Return a mean for a theme, a yearly rate for turnover, else a percentage."""
        if item == "theme":
            return round(cell["total"] / cell["n"], 1)
        if item == "turnover":
            # Each release has the average headcount of a quarter: four make a year.
            return round(100 * cell["n"] * 4 / cell["total"], 1)
        whole = cell["n"] < 20 or item == "enps"
        return round(100 * cell["total"] / cell["n"], 0 if whole else 1)

    @api.model
    def _pick(self, cells, where, item):
        dimension, unit = where
        return [
            cell
            for cell in cells
            if cell["item"] == item
            and cell["dimension"] == dimension
            and cell["department_id"].id == unit
            and not cell["is_rest"]
        ]

    @api.model
    def _get_tiles(self, cells, answers, where):
        """{item: {value, n}} of the figures on top; what is not there is too few.

        Turnover by choice is that of everybody times the share that resigned, which
        holds also when the leavers of several quarters are published together.
        """
        tiles = {}
        for item in ("turnover", "early", "participation", "enps", "regretted"):
            for cell in self._pick(cells, where, item):
                if cell["total"] or item != "turnover":
                    tiles[item] = {
                        "value": self._get_figure(item, cell),
                        "n": cell["n"],
                    }
        for row in answers["type"]:
            if row["id"] == "voluntary":
                tiles["voluntary"] = {"value": row["value"], "n": row["n"]}
                if "turnover" in tiles:
                    rate = tiles["turnover"]["value"] * row["value"] / 100
                    tiles["voluntary"]["turnover"] = round(rate, 1)
        return tiles

    @api.model
    def _sum_answers(self, releases, where):
        """{item: [{label, value, n, total, id, is_rest}]}, the most frequent first.

        An answer that is not shown in one of the releases is with the others, so that
        all shares are of the same people. Survival comes with it, in the same query.
        """
        people, counts = defaultdict(dict), defaultdict(dict)
        survival = defaultdict(list)
        rows = self._read_answers(releases, where)
        for item, reason, way, is_rest, release, months, n, total, figure in rows:
            if item == "survival":
                survival[release.id].append({"months": months, "value": figure})
                continue
            people[item][release] = n
            answer = way if item == "type" else reason.id
            # Reasons are summed by category; those under one are in the list.
            if answer and not is_rest and not (item == "reason" and reason.parent_id):
                counts[item].setdefault(answer, {})[release] = int(total)
        newest = next((id_ for id_ in releases.ids if id_ in survival), None)
        return {
            "survival": sorted(survival[newest], key=itemgetter("months")),
            **{
                item: self._get_shares(item, counts[item], people[item])
                for item in ("reason", "type")
            },
        }

    @api.model
    def _read_answers(self, releases, where):
        """Rows of answers about a place, and of survival, by ``ANSWER_BY``."""
        dimension, unit = where
        about = Domain("dimension", "=", dimension) & Domain("department_id", "=", unit)
        answers = Domain("item", "in", ("reason", "type")) & about
        return self.env["hr.exit.insight"]._read_group(
            Domain("release_id", "in", releases.ids)
            & Domain("is_rest", "=", False)
            & (answers | Domain("item", "=", "survival")),
            ANSWER_BY,
            ["n:max", "total:sum", "figure:max"],
        )

    @api.model
    def _get_shares(self, item, counts, people):
        """Return the answers that every release shows, then the others together.

        :param counts: {answer: {release: how many gave it}}
        :param people: {release: how many answered}
        """
        n = sum(people.values())
        totals = {
            answer: sum(by_release.values())
            for answer, by_release in counts.items()
            if len(by_release) == len(people)
        }
        ordered = sorted(totals.items(), key=lambda pair: -pair[1])
        rest = n - sum(totals.values())
        if totals and rest:
            ordered.append((False, rest))
        labels = self._get_answer_labels(item, totals)
        return [
            {
                "label": labels[answer],
                "id": answer,
                "is_rest": not answer,
                "value": self._get_figure(item, {"n": n, "total": total}),
                "n": n,
                "total": total,
            }
            for answer, total in ordered
        ]

    @api.model
    def _get_answer_labels(self, item, answers):
        if item == "type":
            labels = dict(get_departure_types(self))
        else:
            reasons = self.env["hr.exit.reason"].browse(answers)
            labels = {reason.id: reason.display_name for reason in reasons}
        return {**labels, False: self.env._("Other answers together")}

    @api.model
    def _get_heat_map(self, cells):
        """Units by theme: {themes, rows: [{label, values}]}; None is not shown."""
        themes, rows = {}, defaultdict(dict)
        for cell in cells:
            if cell["item"] != "theme" or cell["dimension"] not in ("company", "unit"):
                continue
            theme = cell["theme_id"]
            themes[theme.id] = theme
            place = cell["dimension"], cell["department_id"].id, cell["is_rest"]
            rows[place][theme.id] = {
                "value": self._get_figure("theme", cell),
                "n": cell["n"],
            }
        order = self.env["hr.exit.theme"].browse(themes).sorted("sequence")
        return {
            "themes": [{"id": t.id, "name": t.display_name} for t in order],
            "rows": [
                {"label": label, "values": [rows[place].get(t.id) for t in order]}
                for place, label in self._get_places(rows)
            ],
        }

    @api.model
    def _get_places(self, places):
        """[(place, label)]: the company, its units by name, then the others."""
        units = self.env["hr.department"].browse(
            sorted({unit for _dimension, unit, _is_rest in places if unit})
        )
        names = {unit.id: unit.display_name for unit in units}
        labels = []
        for place in places:
            dimension, unit, is_rest = place
            if dimension == "company":
                labels.append((0, self.env.company.name, place))
            elif is_rest and unit:
                label = self.env._("Other units of %s", names[unit])
                labels.append((1, label, place))
            elif is_rest:
                labels.append((2, self.env._("All others"), place))
            else:
                labels.append((1, names.get(unit, ""), place))
        return [(place, label) for _order, label, place in sorted(labels)]

    @api.model
    def _get_by_unit(self, cells, item):
        """Return one figure per unit, as far as it may be known."""
        rows = {
            ("unit", cell["department_id"].id, cell["is_rest"]): cell
            for cell in cells
            if cell["item"] == item and cell["dimension"] == "unit" and cell["total"]
        }
        return [
            {
                "label": label,
                "id": place[1],
                "value": self._get_figure(item, rows[place]),
                "n": rows[place]["n"],
            }
            for place, label in self._get_places(rows)
        ]

    @api.model
    def _get_turnover_by_band(self, cells):
        """Return the yearly turnover by time in service, the newest people first."""
        bands = {
            cell["tenure_band"]: cell
            for cell in cells
            if cell["item"] == "turnover" and cell["dimension"] == "tenure"
        }
        labels = self.env["hr.exit.insight"]._fields["tenure_band"]
        return [
            {
                "label": label,
                "id": band,
                "value": self._get_figure("turnover", bands[band]),
                "n": bands[band]["n"],
            }
            for band, label in labels._description_selection(self.env)
            if band in bands and bands[band]["total"]
        ]

    @api.model
    def _get_units(self, company):
        """Return every unit, whether anything is shown of it or not."""
        units = self.env["hr.department"].search_fetch(
            [("company_id", "in", (company.id, False))], ["complete_name"]
        )
        return [{"id": unit.id, "name": unit.display_name} for unit in units]

    @api.model
    def _get_months(self, company, department_id):
        """Leavers against average headcount by month, the newest last."""
        first = fields.Date.today() - relativedelta(months=MONTHS_SHOWN, day=1)
        domain = [("company_id", "=", company.id), ("month", ">=", first)]
        if department_id:
            domain.append(("department_id", "=", department_id))
        groups = self.env["hr.exit.headcount"]._read_group(
            domain,
            ["month:month"],
            ["headcount:sum", "leavers:sum"],
        )
        return [
            {
                "month": str(month)[:7],
                "leavers": leavers,
                "headcount": headcount,
                "value": round(100 * leavers / headcount, 2) if headcount else None,
            }
            for month, headcount, leavers in groups
        ]

    @api.model
    def _get_improvements(self, company):
        improvements = self.env["hr.exit.improvement"].search_fetch(
            [("company_id", "=", company.id), ("state", "=", "open")],
            ["name", "deadline_date", "user_id"],
            limit=8,
        )
        return [
            {
                "id": one.id,
                "name": one.name,
                "due": format_date(self.env, one.deadline_date),
                "owner": one.user_id.name or "",
            }
            for one in improvements
        ]

    @api.model
    def _get_signals(self, company):
        """Return open signals by name to those who may read them; None to others."""
        signals = self.env["hr.exit.signal"]
        if not signals.has_access("read"):
            return None
        found = signals.search_fetch(
            [("company_id", "=", company.id), ("state", "!=", "closed")],
            ["state"],
            limit=8,
        )
        return {
            # sudo: res.company - the policy is an attachment of the settings
            "is_on": company.sudo()._is_exit_signal_allowed(),
            "rows": [{"id": one.id, "name": one.display_name} for one in found],
        }

    @api.model
    def _cron_digest(self):
        """Mail the published figures to whom each company named, once a month."""
        today = fields.Date.context_today(self)
        first = fields.Date.start_of(today, "month")
        companies = self.env["res.company"].search(
            Domain("exit_digest_user_ids", "!=", False)
            & (
                Domain("exit_digest_date", "=", False)
                | Domain("exit_digest_date", "<", first)
            )
        )
        # Written first: two runs at once collide here, before either mails.
        companies.exit_digest_date = today
        self.env.flush_all()
        for company in companies:
            for user in company.exit_digest_user_ids.filtered("email"):
                self._send_digest(company, user)

    @api.model
    def _send_digest(self, company, user):
        """Queue one mail, in the language of its reader and with what that may see."""
        dashboard = (
            self.with_user(user)
            .with_company(company)
            .with_context(lang=user.lang, allowed_company_ids=company.ids)
        )
        data = dashboard.get_data()
        if not data["quarters"]:
            return
        body = dashboard.env["ir.qweb"]._render(
            "hr_exit_interview.insight_digest",
            {"data": data, "url": f"{company.get_base_url()}/odoo/exit-insight"},
        )
        # sudo: mail.mail - queued by the job, for a reader who sends no mail
        self.env["mail.mail"].sudo().create(
            {
                "subject": dashboard.env._("Why people leave: %s", company.name),
                "body_html": body,
                "email_to": user.email_formatted,
                "email_from": company.email_formatted or user.email_formatted,
                "auto_delete": True,
            }
        )
