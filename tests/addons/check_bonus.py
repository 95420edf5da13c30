"""A source of another maker: installed, used, uninstalled, and its line read again."""

from steps import Steps, expect, expect_origin_gone, make_departure, settle


def check(env, addons):
    steps = Steps(env, addons)
    steps.install("hr_settlement_source_bonus")
    line_id = steps.run(use)
    steps.uninstall("hr_settlement_source_bonus")
    steps.run(read, line_id)


def use(env):
    """A promised and a paid bonus: one line, at its place in the list."""
    departure = make_departure(env)
    for name, is_paid in (("First half", True), ("Second half", False)):
        env["hr.bonus"].create(
            {
                "name": name,
                "employee_id": departure.employee_id.id,
                "amount": 250.0,
                "date": "2026-08-01",
                "is_paid": is_paid,
            }
        )
    lines = settle(departure)
    line = lines["bonus"]
    expect(line.mapped("title"), ["Bonus – Second half"])
    expect((line.amount, line.is_counted), (250.0, True))
    expect(line.source_label, "Bonuses")
    expect(line.action_open_origin()["res_model"], "hr.bonus")
    codes = list(lines)
    expect(codes.index("bonus") < codes.index("goods_computer"), True)
    line.state = "discussed"
    return line.id


def read(env, line_id):
    """The module is gone: source and rule with it, the line says what it said."""
    sources = env["hr.settlement.source"]
    expect("bonus" in sources._get_all_sources(), False)
    expect("bonus" in dict(sources._get_source_labels()), False)
    expect("hr.bonus" in env, False)
    line = env["hr.settlement.line"].browse(line_id)
    expect(bool(line.rule_id), False)
    expect((line.title, line.name), ("Bonus – Second half",) * 2)
    expect((line.amount, line.is_counted), (250.0, True))
    expect(line.source_label, "bonus")
    expect_origin_gone(line)
    settle(line.settlement_id.departure_id)
    expect(bool(line.exists()), True)
