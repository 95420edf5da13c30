"""An app of Odoo that comes later and goes again: Fleet, and the leaver's car."""

from steps import Steps, expect, expect_origin_gone, make_departure, settle


def check(env, addons):
    steps = Steps(env, addons)
    departure_id = steps.run(begin)
    steps.install("hr_fleet")
    line_id = steps.run(use, departure_id)
    steps.uninstall("fleet")
    steps.run(read, line_id)


def begin(env):
    """Without Fleet the rule for cars makes no line."""
    departure = make_departure(env)
    expect("vehicle" in settle(departure), False)
    return departure.id


def use(env, departure_id):
    """Installed later: the car is on the list, and comes back."""
    departure = env["hr.departure"].browse(departure_id)
    brand = env["fleet.vehicle.model.brand"].create({"name": "Donkervoort"})
    model = env["fleet.vehicle.model"].create({"name": "D8", "brand_id": brand.id})
    env["fleet.vehicle"].create(
        {
            "model_id": model.id,
            "license_plate": "AB-123-C",
            "company_id": departure.company_id.id,
            "driver_employee_id": departure.employee_id.id,
        }
    )
    line = settle(departure)["vehicle"]
    expect("Donkervoort/D8/AB-123-C" in line.title, True)
    line.action_receive()
    return line.id


def read(env, line_id):
    """Uninstalled: the list still says which car came back; nothing new appears."""
    expect("fleet.vehicle" in env, False)
    line = env["hr.settlement.line"].browse(line_id)
    expect("Donkervoort/D8/AB-123-C" in line.title, True)
    expect(line.source_label, "Company cars")
    expect(line.handover_condition, "good")
    expect_origin_gone(line)
    expect(settle(line.settlement_id.departure_id)["vehicle"], line)
