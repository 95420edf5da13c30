import difflib
import os
import pathlib

from odoo.tests import freeze_time, tagged

from ..security_common import BORROWED, CANARY, SecurityCommon

DOCUMENT = pathlib.Path(__file__).parents[2] / "docs" / "security.md"
BEGIN, END = "<!-- matrix -->", "<!-- end of matrix -->"
LETTERS = {"write": "w", "create": "c", "unlink": "d"}
LEFT_OUT = {
    # Groups of a few people are not shown, whoever asks.
    "hr.exit.answer.report": ("formatted_read_group",),
    "mail.message": ("export_data",),  # for nobody but administrators of Odoo
}
SHORT = {
    "interviewer": "int",
    "payroll": "pay",
    "insight reader": "ins",
    "signal reader": "sig",
    "HR exit officer": "off",
    "exit administrator": "adm",
    "HR manager": "hrm",
    "survey manager": "sur",
    "colleague": "col",
    "the leaver": "lea",
    "the manager": "man",
    "other company": "oth",
    "portal": "por",
    "public": "pub",
}


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 09:00:00")
class TestSecurityMatrix(SecurityCommon):
    """Everybody tries everything on a record of every model."""

    maxDiff = None

    # === What is measured ===

    def _get_ways_to_read(self, record, user):
        """{way: whether it gave something} of one record."""
        name, ids = record._name, record.ids
        domain = [("id", "in", ids)]
        rows = self._may(user, name, "export_data", ids, ["display_name"])
        groups = self._may(user, name, "formatted_read_group", domain, [], ["__count"])
        ways = {
            "read": self._may(user, name, "read", ids, ["display_name"]),
            "web_read": self._may(user, name, "web_read", ids, {"display_name": {}}),
            "search": self._may(user, name, "search", domain),
            "search_read": self._may(user, name, "search_read", domain, ["id"]),
            "name_search": self._may(user, name, "name_search", "", domain),
            "export_data": rows and rows["datas"],
            "formatted_read_group": bool(groups) and groups[0]["__count"],
        }
        for way in LEFT_OUT.get(name, ()):
            del ways[way]
        return {way: bool(answer) for way, answer in ways.items()}

    def _get_cell(self, record, user):
        """The letters of what a user may do with a record."""
        model = record._name
        if record._transient:
            # Odoo shows what a window holds to who opened it, and to nobody else.
            found = self._may(
                user, model, "search_read", [("id", "=", record.id)], ["id"]
            )
            self.assertFalse(found, f"{record} {user.login}")
            return "own" if self._has(record.browse(), user, "create") else ""
        ways = self._get_ways_to_read(record, user)
        self.assertEqual(len(set(ways.values())), 1, f"{record} {user.login} {ways}")
        letters = "r" if ways["read"] else ""
        for operation, letter in LETTERS.items():
            letters += letter if self._has(record, user, operation) else ""
        return letters

    def _has(self, record, user, operation):
        """Whether access and rules allow it; creating: such a record."""
        own = record.with_user(user).with_context(allowed_company_ids=None)
        return own.has_access(operation)

    def _get_traces(self):
        """{label: record} of what Odoo keeps beside ours: messages and files."""
        traces = {}
        for name in ("hr.departure", "hr.exit.interview", "hr.settlement"):
            record = self.records[name]
            message = record.message_ids.filtered(lambda m: CANARY in (m.body or ""))
            traces[f"message on {name}"] = message
            traces[f"file on {name}"] = message.attachment_ids
        return traces

    def _measure(self):
        """{row: {role: letters}}."""
        rows = {
            **{name: self.records[name] for name in (*self._get_models(), *BORROWED)},
            **self._get_traces(),
        }
        return {
            label: {
                role: self._get_cell(record, user) for role, user in self.actors.items()
            }
            for label, record in rows.items()
        }

    # === What is documented ===

    def _render(self, rows):
        head = ["|  |", *(f" {SHORT[role]} |" for role in self.actors)]
        lines = ["".join(head), "|---" * (len(self.actors) + 1) + "|"]
        for label, cells in rows.items():
            texts = (f" {letters or '–'} |" for letters in cells.values())
            lines.append(f"| {label} |" + "".join(texts))
        return lines

    def test_table_in_the_documentation(self):
        """Every cell is as docs/security.md says; a new model needs a row there."""
        rows = self._measure()
        lines = self._render(rows)
        text = DOCUMENT.read_text()
        before, _begin, rest = text.partition(BEGIN)
        old, _end, after = rest.partition(END)
        if os.environ.get("EXIT_MATRIX") == "write":
            new = "\n".join(lines)
            DOCUMENT.write_text(f"{before}{BEGIN}\n\n{new}\n\n{END}{after}")
            return
        difference = difflib.unified_diff(old.split("\n")[2:-2], lines, lineterm="")
        self.assertEqual(
            "\n".join(difference), "", "run setup/dev/matrix and look at it"
        )

    def test_who_never_sees_what_was_said(self):
        """Whatever the table says: these rows stay empty for these people."""
        said = (
            "hr.exit.interview",
            "hr.exit.interview.point",
            "hr.exit.answer",
            "survey.user_input",
            "survey.user_input.line",
        )
        strangers = (
            "payroll",
            "insight reader",
            "signal reader",
            "HR manager",
            "survey manager",
            "colleague",
            "the leaver",
            "the manager",
            "other company",
            "portal",
            "public",
        )
        for name in said:
            for role in strangers:
                with self.subTest(name, role=role):
                    ways = self._get_ways_to_read(self.records[name], self.actors[role])
                    self.assertFalse(any(ways.values()))

    def test_hidden_fields(self):
        """A field that a role may not see is no way to search, sort or export."""
        tried = 0
        for name, record in self.records.items():
            for role, user in self.actors.items():
                model = self.env(user=user, context={})[name]
                if record._transient or not model.has_access("read"):
                    continue
                for field in model._fields.values():
                    if (
                        field.store
                        and field.groups
                        and not model._has_field_access(field, "read")
                    ):
                        tried += 1
                        with self.subTest(name, role=role, field=field.name):
                            self._check_hidden(record, user, field.name)
        self.assertGreater(tried, 50)

    def _check_hidden(self, record, user, field):
        name, ids = record._name, record.ids
        for method, args in {
            "search": ([(field, "!=", False)],),
            "search_read": ([], ["id"], 0, 1, f"{field} desc"),
            "formatted_read_group": ([], [field], ["__count"]),
            "read": (ids, [field]),
            "web_read": (ids, {field: {}}),
            "export_data": (ids, [field]),
        }.items():
            answer = self._may(user, name, method, *args)
            self.assertFalse(answer, f"{method}: {answer}")
