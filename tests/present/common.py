"""Sources of optional apps: what they find for a leaver, and in how many queries."""

from ..settlement_common import SettlementCommon


class SourceCommon(SettlementCommon):
    """A leaver of 3,200 a month and 40 hours, last day 31 August 2026.

    Classes set ``rule_code`` to the rule of the Dutch scheme that they are about.
    """

    rule_code = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leaver = cls._leaver()
        cls.departure = cls._leaving(cls.leaver)

    @classmethod
    def _leaving(cls, employee, **vals):
        return cls._departure(
            employee,
            **{
                "notice_date": "2026-07-20",
                "departure_date": "2026-08-31",
                **vals,
            },
        )

    def _rule(self, code=None):
        return self.scheme._get_rule(code or self.rule_code)

    def _line(self, code=None):
        """The one line under the rule's code."""
        line = self._lines(self.departure, code or self.rule_code)
        self.assertEqual(len(line), 1, line.mapped("title"))
        return line

    def _collect(self, departures):
        rule = self._rule()
        return self.env[f"hr.settlement.source.{rule.source}"]._collect(
            rule, departures
        )

    def assertConstantQueries(self, fill):
        """As many queries for ten leavers as for two, each filled by ``fill``."""
        departures = self.env["hr.departure"]
        for number in range(12):
            employee = self._employee(f"Leaver {number}", "2021-03-01", 3200.0)
            fill(employee)
            departures |= self._leaving(employee)
        few, many = departures[:2], departures[2:]
        self._collect(departures[:1])  # warm caches of the registry
        self.assertEqual(len(self._collect(many)), 10)
        self.assertSameQueryCount(self._collect, few, many)

    def assertReadableBy(self, *users):
        """Payroll makes the line without rights on the other app; others read it."""
        expected = self._line().title
        for user in users:
            with self.subTest(user=user.login):
                settlement = self._settlement(self.departure).with_user(user)
                lines = settlement.line_ids.filtered(
                    lambda line: line.code == self.rule_code
                )
                self.assertEqual(lines.mapped("title"), [expected])
        settlement = self._settlement(self.departure).with_user(self.payroll)
        settlement.action_recompute()
        self.assertEqual(self._line().title, expected)
