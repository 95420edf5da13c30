from odoo import api, models


class HrSettlementWords(models.AbstractModel):
    """How amounts came about, a method of a rule each: ``_explain_<method>``."""

    _inherit = "hr.settlement.words"

    @api.model
    def _explain_wage_part(self, line, inputs):
        if "hourly_rate" in inputs:
            return []
        units = self._get_basis_units()
        return [
            self.env._(
                "%(start)s to %(end)s: %(part)s of %(whole)s %(unit)s at %(wage)s",
                start=self._day(piece["date_from"]),
                end=self._day(piece["date_to"]),
                part=self._number(piece["part"]),
                whole=self._number(piece["whole"]),
                unit=units.get(inputs.get("basis"), ""),
                wage=self._money(line, inputs["monthly_pay"]),
            )
            for piece in inputs.get("slices", ())
        ]

    @api.model
    def _get_basis_units(self):
        return {
            "calendar_days": self.env._("days"),
            "working_days": self.env._("working days"),
            "schedule_hours": self.env._("hours of the schedule"),
            "fixed_30": self.env._("days"),
            "fixed_21_67": self.env._("working days"),
            "days_365": self.env._("days"),
        }

    @api.model
    def _explain_percent_of_base(self, line, inputs):
        if "total_base" not in inputs:
            return []
        sentences = [
            self.env._(
                "%(percent)s %% of %(base)s",
                percent=self._number(inputs["percent"]),
                base=self._money(line, inputs["total_base"]),
            )
        ]
        if float(inputs.get("already_paid") or 0):
            sentences.append(
                self.env._(
                    "Less %(amount)s already paid",
                    amount=self._money(line, inputs["already_paid"]),
                )
            )
        return sentences

    @api.model
    def _explain_leave_value(self, line, inputs):
        sentences = [
            self._explain_bucket(bucket) for bucket in inputs.get("buckets", ())
        ]
        if inputs.get("outlook"):
            sentences.append(self._explain_outlook(inputs["outlook"]))
        value = inputs.get("hourly") or inputs.get("daily")
        sentences.append(
            self.env._(
                "%(quantity)s × %(value)s",
                quantity=self._number(line.quantity, 2),
                value=self._number(value, 6),
            )
        )
        if float(inputs.get("uplift_percent") or 0):
            sentences[-1] = self.env._(
                "%(product)s, plus %(percent)s %% holiday allowance",
                product=sentences[-1],
                percent=self._number(inputs["uplift_percent"]),
            )
        return sentences

    @api.model
    def _explain_bucket(self, bucket):
        leave_types = self.env["hr.leave.type"]._fields["settlement_kind"]
        kinds = dict(leave_types._description_selection(self.env))
        values = {
            "kind": kinds.get(bucket["kind"], bucket["kind"]),
            "year": str(bucket["year"]),
            "hours": self._number(bucket["hours"], 2),
            "taken": self._number(bucket["taken"], 2),
            "left": self._number(bucket["left"], 2),
        }
        if bucket["is_lapsed"]:
            return self.env._(
                "%(kind)s %(year)s: %(hours)s h, %(taken)s h taken, %(left)s h lapsed"
                " after %(day)s",
                day=self._day(bucket["usable_until"]),
                **values,
            )
        return self.env._(
            "%(kind)s %(year)s: %(hours)s h, %(taken)s h taken, %(left)s h left",
            **values,
        )

    @api.model
    def _explain_outlook(self, outlook):
        """Return the sum that leads from the hours of a day to those of the last."""
        hours = {
            name: self._number(value, 2)
            for name, value in outlook.items()
            if name != "day"
        }
        day = self._day(outlook["day"])
        parts = [
            self.env._("%(hours)s h on %(day)s", day=day, hours=hours["hours"]),
            self.env._("+ %(hours)s h still to build up", hours=hours["accrued"]),
            self.env._("− %(hours)s h of approved time off", hours=hours["planned"]),
        ]
        if float(outlook["lapsing"]):
            lapsing = self.env._("− %(hours)s h that lapse", hours=hours["lapsing"])
            parts.append(lapsing)
        parts.append(self.env._("= %(hours)s h on the last day", hours=hours["left"]))
        return " ".join(parts)

    @api.model
    def _explain_yearly_amount(self, line, inputs):
        if "months" not in inputs:
            return []
        return [
            self.env._(
                "%(amount)s a year; %(months)s month(s) and %(days)s day(s) since"
                " %(start)s",
                amount=self._money(line, inputs["yearly_amount"]),
                months=inputs["months"],
                days=inputs["days"],
                start=self._day(inputs["window_start"]),
            )
        ]

    @api.model
    def _explain_service_tiers(self, line, inputs):
        if "unit_value" not in inputs:
            return []
        sentences = [
            self.env._(
                "%(years)s year(s), %(months)s month(s) and %(days)s day(s) of service",
                years=inputs["years"],
                months=inputs["months"],
                days=inputs["days"],
            ),
            self.env._(
                "%(units)s × %(value)s",
                units=self._number(inputs["units"], 6),
                value=self._money(line, inputs["unit_value"]),
            ),
        ]
        if float(inputs.get("deduct") or 0):
            sentences.append(
                self.env._(
                    "Less %(amount)s agreed costs",
                    amount=self._money(line, inputs["deduct"]),
                )
            )
        return sentences

    @api.model
    def _explain_notice_gap(self, line, inputs):
        if "gap_months" not in inputs:
            return []
        return [
            self.env._(
                "Regular end %(end)s: %(months)s months at %(wage)s",
                end=self._day(inputs["regular_end"]),
                months=self._number(line.quantity, 2),
                wage=self._money(line, line.unit_amount),
            )
        ]

    @api.model
    def _explain_late_notice(self, line, inputs):
        if "days_late" not in inputs:
            return []
        return [
            self.env._(
                "To be announced by %(day)s: %(late)s of %(days)s days late",
                day=self._day(inputs["duty_date"]),
                late=inputs["days_late"],
                days=inputs["days_in_last_month"],
            )
        ]

    @api.model
    def _explain_sliding_repayment(self, line, inputs):
        if "months_elapsed" not in inputs:
            return []
        return [
            self.env._(
                "%(cost)s over %(total)s months, %(elapsed)s of them passed",
                cost=self._money(line, inputs["cost"]),
                total=self._number(inputs["months_total"]),
                elapsed=self._number(inputs["months_elapsed"]),
            )
        ]
