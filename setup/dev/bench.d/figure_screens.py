"""The screens of departures, asked for as the client does, by an HR exit officer."""

from harness import Figure
from leavers import Office
from lxml import etree
from past import make_past

from odoo import Command

PAGE = 80
OPEN = 160  # departures that are still to come, among all those of the past
RELATIONS = ("one2many", "many2many")


class Screen(Figure):
    """A view on all departures of ten years, and on those that are still open."""

    view = "list"
    floor = ""
    goal = "no query over 50 ms, as many queries for 1 row as for 80, at 100,000"
    sizes = (1_000, 10_000, 100_000)
    few_many = (1, PAGE)
    rows = PAGE

    def prepare(self, size):
        office = Office(self.env)
        office.let_go(OPEN)
        make_past(office.env, size)
        officer = self.env["res.users"].create(
            {
                "name": "Officer",
                "login": "bench_officer",
                "company_id": office.company.id,
                "company_ids": [Command.set(office.company.ids)],
                "group_ids": [
                    Command.link(
                        self.env.ref("hr_exit_interview.group_exit_officer").id
                    ),
                    Command.link(self.env.ref("base.group_user").id),
                ],
            }
        )
        departures = office.env["hr.departure"].with_context(
            allowed_company_ids=office.company.ids
        )
        self.departures = departures.with_user(officer)
        arch = self.departures.get_view(view_type=self.view)["arch"]
        self.specification = self._specify(self.departures, etree.fromstring(arch))

    def count(self, size):
        """The rows change, the departures do not."""
        self.rows = size
        return super().count(1_000)

    def _specify(self, records, node):
        """Return what the client asks for of the fields below a node."""
        specification = {}
        for field in node.iterdescendants("field"):
            name = field.get("name")
            above = next(field.iterancestors("field"), node)
            if (above is node or node not in above.iterancestors()) and (
                name in records._fields
            ):
                specification[name] = self._specify_field(records._fields[name], field)
        return specification

    def _specify_field(self, field, node):
        if field.type == "many2one":
            return {"fields": {"display_name": {}}}
        if field.type in RELATIONS:
            return {
                "fields": self._specify(self.env[field.comodel_name], node),
                "limit": 40,
            }
        return {}

    def is_reached(self, result):
        return result["slowest_query_ms"] <= 50


class DepartureList(Screen):
    name = "departure_list"
    what = "A page of the list of all departures, with how many there are"

    def ours(self):
        self.departures.web_search_read(
            [], self.specification, limit=self.rows, count_limit=10_001
        )


class DepartureKanban(Screen):
    name = "departure_kanban"
    what = "The cards by state, with their progress bars"
    view = "kanban"

    def ours(self):
        self.departures.web_read_group(
            [],
            ["state"],
            [],
            auto_unfold=True,
            unfold_read_specification=self.specification,
            unfold_read_default_limit=self.rows,
        )
        self.departures.read_progress_bar(
            [],
            "state",
            {
                "field": "activity_state",
                "colors": {
                    "planned": "success",
                    "today": "warning",
                    "overdue": "danger",
                },
            },
        )


class DepartureForm(Screen):
    name = "departure_form"
    what = "The form of one departure with everything around it"
    view = "form"
    few_many = (1, 1)

    def before(self):
        self.one = self.departures.search([("employee_id", "!=", False)], limit=1)

    def ours(self):
        self.one.web_read(self.specification)


class DeparturePivot(Screen):
    name = "departure_pivot"
    what = "The pivot of all departures: units by quarter"
    view = "pivot"

    def ours(self):
        self.departures.formatted_read_grouping_sets(
            [],
            [
                [],
                ["department_id"],
                ["departure_date:quarter"],
                ["department_id", "departure_date:quarter"],
            ],
            ["__count"],
        )
