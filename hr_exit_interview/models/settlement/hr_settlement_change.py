from odoo import api, fields, models
from odoo.tools import format_amount, format_date

# Set while changes are being logged: a write inside a write is logged once.
NOTED = "settlement_changes_noted"
# What is followed of a list and of each of its lines.
LIST_FIELDS = ("amount_total", "amount_only_if_agreed", "deadline")
LINE_FIELDS = (
    "name",
    "kind",
    "amount",
    "agreed_reason",
    "state",
    "needs_agreement",
    "is_reference",
    "note",
    "handover_action",
    "handover_condition",
    "handover_user_id",
    "handover_date",
)
# A change of one of these is a change of what is paid; a line added or deleted has
# its amount as one.
AMOUNT_FIELDS = ("amount", "amount_total")


class HrSettlementChange(models.Model):
    """What changed on a list after it was checked: who, when, from, to.

    Written together with the change and never manually. Values are kept as they were
    and shown in the reader's language.
    """

    _name = "hr.settlement.change"
    _description = "Change of a Checked Settlement"
    _order = "id desc"

    settlement_id = fields.Many2one(
        "hr.settlement", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="settlement_id.company_id", store=True, precompute=True
    )
    currency_id = fields.Many2one(related="settlement_id.currency_id")
    change = fields.Selection(
        [
            ("changed", "Changed"),
            ("added", "Line added"),
            ("deleted", "Line deleted"),
            ("reopened", "Taken back to draft"),
        ],
        required=True,
        readonly=True,
    )
    rule_id = fields.Many2one("hr.settlement.rule", readonly=True, ondelete="set null")
    label = fields.Char(string="Item", readonly=True)
    line_name = fields.Char(readonly=True, help="The line as it was called then.")
    line_title = fields.Char(string="Line", compute="_compute_line_title")
    field_name = fields.Char(readonly=True)
    # A list of one value: a zero on its own would be kept as nothing.
    old_value = fields.Json(readonly=True)
    new_value = fields.Json(readonly=True)
    what = fields.Char(compute="_compute_words")
    old_text = fields.Char(string="Was", compute="_compute_words")
    new_text = fields.Char(string="Is Now", compute="_compute_words")
    user_id = fields.Many2one(
        "res.users",
        string="Changed By",
        default=lambda self: self.env.user,
        required=True,
        readonly=True,
    )
    date = fields.Datetime(
        string="Changed On", default=fields.Datetime.now, required=True, readonly=True
    )

    @api.depends("rule_id.name", "label", "line_name")
    @api.depends_context("lang")
    def _compute_line_title(self):
        """Name the line in the reader's language, as long as its rule is there."""
        for change in self:
            parts = (change.rule_id.name, change.label)
            title = change.rule_id and " – ".join(filter(None, parts))
            change.line_title = title or change.line_name

    @api.depends("change", "field_name", "old_value", "new_value")
    @api.depends_context("lang")
    def _compute_words(self):
        changes = dict(self._fields["change"]._description_selection(self.env))
        for change in self:
            label = change.change == "changed" and change._get_field_label()
            change.what = label or changes[change.change]
            change.old_text = change._get_text(change.old_value)
            change.new_text = change._get_text(change.new_value)

    def _is_of_amount(self):
        """Tell whether what is paid changed; a line without an amount is not."""
        return self.field_name in AMOUNT_FIELDS and self.old_value != self.new_value

    @api.model
    def _read_values(self, record, names):
        """Return {name: value} as it is kept: names of records, None for nothing."""
        values = {}
        for name in names:
            field, value = record._fields[name], record[name]
            if field.relational:
                value = value.display_name
            elif field.type == "date":
                value = fields.Date.to_string(value)
            is_said = value or field.type in ("boolean", "monetary")
            values[name] = value if is_said else None
        return values

    @api.model
    def _pack_value(self, value):
        """Return a value as it is stored, nothing for nothing."""
        return False if value is None else [value]

    def _get_field(self):
        """Return the field that changed, None where it no longer exists."""
        model = "hr.settlement.line" if self.line_name else "hr.settlement"
        return self.env[model]._fields.get(self.field_name)

    def _get_field_label(self):
        field = self._get_field()
        return field._description_string(self.env) if field else self.field_name

    def _get_text(self, value):
        """Return a kept value in the reader's language; nothing for nothing."""
        if not value:
            return ""
        field = self._get_field()
        show = {
            "monetary": self._show_monetary,
            "selection": self._show_selection,
            "boolean": self._show_boolean,
            "date": self._show_date,
        }.get(field and field.type)
        return show(field, value[0]) if show else str(value[0])

    def _show_monetary(self, field, value):
        return format_amount(self.env, value, self.currency_id)

    def _show_selection(self, field, value):
        return dict(field._description_selection(self.env)).get(value, value)

    def _show_boolean(self, field, value):
        return self.env._("yes") if value else self.env._("no")

    def _show_date(self, field, value):
        return format_date(self.env, value)
