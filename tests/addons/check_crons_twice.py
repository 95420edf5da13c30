"""Every job runs twice, one after the other and at once: nothing is done twice."""

from at_once import at_once, one_passes_the_other
from psycopg2 import IntegrityError, OperationalError
from scene import ADDON, Scene
from steps import Steps, expect

# What a job makes, and what must not be there twice.
MADE = (
    "mail.mail",
    "mail.activity",
    "mail.message",
    "ir.attachment",
    "calendar.event",
    "hr.departure",
    "hr.settlement",
    "hr.settlement.line",
    "hr.exit.interview",
    "hr.exit.headcount",
    "hr.exit.insight",
    "hr.exit.insight.counted",
    "hr.exit.insight.release",
    "hr.exit.signal",
    "hr.exit.retention.log",
)


def check(env, addons):
    steps = Steps(env, addons)
    names = steps.run(get_names)
    # What one company gets when each job runs once is what every company gets.
    once = {}
    steps.run(prepare, "once")
    for name in names:
        once[name] = count_made(steps, run_job, steps, name)
        expect_nothing_more(steps, name, "a second run")
    expect_all_had_work(once)
    steps.run(prepare, "parallel")
    for name in names:
        made = count_made(steps, run_at_once, steps, name)
        expect_same(name, "at once", made, once[name])
    steps.run(prepare, "passed")
    for name in names:
        made = count_made(steps, run_passed, steps, name)
        expect_same(name, "passed by another", made, once[name])


def get_names(env):
    """The xml ids of our jobs, in an order in which each finds its work."""
    names = env["ir.model.data"].search(
        [("module", "=", ADDON), ("model", "=", "ir.cron")], order="name"
    )
    # Texts that are gone can be counted no more, who left gets no offer.
    last = ("ir_cron_departure_carry_out", "ir_cron_retention")
    return sorted(names.mapped("name"), key=lambda name: (name in last, name))


def prepare(env, name):
    scene = Scene(env, name)
    scene.fill()


def job(name):
    def call(env):
        cron = env.ref(f"{ADDON}.{name}")
        # Not by run(), which makes another error of a collision.
        method = cron.code.removeprefix("model.").removesuffix("()")
        getattr(env[cron.model_id.model], method)()

    return call


def run_job(steps, name):
    steps.run(job(name))


def run_at_once(steps, name):
    expect_only_collisions(name, at_once(steps.database, job(name), job(name)))
    # What had to give way is done the next time.
    run_job(steps, name)


def run_passed(steps, name):
    outcomes = one_passes_the_other(steps.database, job(name), job(name))
    expect_only_collisions(name, outcomes)
    run_job(steps, name)


def expect_only_collisions(name, outcomes):
    """A job that meets another one may give up, with nothing but that as reason."""
    for error in filter(None, outcomes):
        cause = error.__cause__ or error
        if not isinstance(cause, OperationalError | IntegrityError):
            raise AssertionError(f"{name}: {error!r}") from error
    if all(outcomes):
        raise AssertionError(f"{name}: neither run came to its end: {outcomes}")


def count_made(steps, method, *args):
    """Return {model: how many more records} that ``method(*args)`` made."""
    before = steps.run(count)
    method(*args)
    after = steps.run(count)
    return {model: after[model] - before[model] for model in MADE}


def count(env):
    return {
        model: env[model].with_context(active_test=False).search_count([])
        for model in MADE
    }


def expect_nothing_more(steps, name, what):
    expect_same(
        name, what, count_made(steps, run_job, steps, name), dict.fromkeys(MADE, 0)
    )


def expect_same(name, what, made, expected):
    other = {
        model: (made[model], expected[model])
        for model in MADE
        if made[model] != expected[model]
    }
    if other:
        raise AssertionError(f"{name}, {what}: {{model: (made, expected)}} {other}")


def expect_all_had_work(made):
    """The scene has something for each job, or this would check nothing."""
    idle = [name for name, counts in made.items() if not any(counts.values())]
    expect(idle, [])
