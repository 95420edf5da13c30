import inspect
import logging
from collections import Counter
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL, mute_logger

from ..fuzz_common import get_place, many_examples, odd_texts, odd_values
from ..security_common import CANARY, SecurityCommon

_logger = logging.getLogger(__name__)

ADDONS = "odoo.addons.hr_exit_interview"  # and those that extend it
# Odoo's own way of storing; garbage in it is refused by Odoo, in its words.
GENERIC = {"create", "write", "unlink", "copy", "load", "default_get", "export_data"}
GENERIC |= {"name_search", "copy_data", "read", "search_read", "read_group"}
GENERIC |= {"formatted_read_group", "formatted_read_grouping_sets", "read_progress_bar"}
# What the client sends to the conversation screen and elsewhere.
KEYS = [
    *("points", "closing", "uid", "base", "kind", "question_id", "parent_uid"),
    *("question", "answer", "theme_id", "reason_id", "is_deleted", "summary"),
    *("main_reason_id", "reason_ids", "share_choice", "state", "name", "quarters"),
    *("company_id", "departure_id", "employee_id", "interview_id", "release_id"),
]
# Configuration without a company belongs to the administrators of all of them.
SHARED = {f"hr.settlement.{name}" for name in ("rule", "scheme", "rate", "rate.tier")}
# Who may read what was said in the interview.
CONFIDANTS = {"interviewer", "HR exit officer", "exit administrator"}
# Who may not change anything about this leaver.
OUTSIDERS = ("insight reader", "signal reader", "survey manager", "colleague")
OUTSIDERS += ("the leaver", "other company", "portal", "public")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 09:00:00")
class TestFuzzMethods(SecurityCommon):
    """Every public method of ours, as everybody, with whatever one can send."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Removing what is due keeps each batch: meant, and not for a test.
        cls.startClassPatcher(
            patch.object(cls.registry["ir.cron"], "_commit_progress", lambda *a, **k: 1)
        )
        cls.methods = sorted(cls._get_methods())
        cls.all_ids = sorted({i for r in cls.records.values() for i in r.ids})
        said = (
            "hr.exit.interview",
            "survey.user_input.line",
            "hr.exit.interview.point",
        )
        guarded = (*said, "hr.departure", "hr.settlement", "hr.settlement.line")
        cls.guarded = [cls.records[name] for name in guarded]
        cls.records["hr.exit.interview.point"].write(
            {"question": f"{CANARY} said", "answer": f"{CANARY} said"}
        )
        cls.interview.write(
            {"summary": f"{CANARY} said", "internal_note": f"{CANARY} said"}
        )
        cls.records["survey.user_input.line"].value_text_box = f"{CANARY} said"
        cls.env.flush_all()

    @classmethod
    def _get_methods(cls):
        """[(model, method)] of what can be called and is written in our addons."""
        for name, model in cls.registry.items():
            if model._abstract and model._original_module != "hr_exit_interview":
                continue
            for base in model.mro():
                # What every model has would be nearly all there is.
                if base.__module__.startswith(ADDONS) and base._name != "base":
                    for method in vars(base):
                        if not method.startswith("_") and cls._is_method(model, method):
                            yield name, method

    @classmethod
    def _is_method(cls, model, name):
        method = getattr(model, name)
        return inspect.isfunction(method) and not getattr(method, "_api_private", False)

    def _get_ids(self, model):
        known = self.records.get(model)
        own = list(known.ids) if known else []
        return st.one_of(
            st.just(own),
            st.just(own),
            st.lists(st.sampled_from(self.all_ids), max_size=2),
            st.sampled_from([[], [-1], [2**31 - 1]]),
        )

    def _get_arguments(self, model, method):
        """Values, and dicts with names that mean something here."""
        names = st.one_of(
            st.sampled_from(KEYS),
            st.sampled_from(sorted(self.env[model]._fields)),
            odd_texts,
        )
        ids = st.sampled_from(self.all_ids)
        values = st.dictionaries(names, st.one_of(odd_values, ids), max_size=4)
        if method == "write":
            return values.map(lambda vals: [vals])
        if method == "create":
            return st.lists(values, max_size=2).map(lambda vals_list: [vals_list])
        value = st.one_of(
            odd_values,
            ids,
            values,
            st.lists(st.dictionaries(names, odd_values, max_size=4), max_size=2),
            st.fixed_dictionaries(
                {
                    "points": st.lists(
                        st.dictionaries(names, st.one_of(odd_values, ids), max_size=5),
                        max_size=2,
                    )
                }
            ),
            st.tuples(names, st.sampled_from(["=", "ilike", "in", "any"]), odd_values)
            .map(list)
            .map(lambda term: [term]),
        )
        names = inspect.signature(getattr(self.registry[model], method)).parameters
        asked = [p for p in names.values() if p.default is p.empty]
        return st.lists(value, min_size=len(asked) - 1, max_size=len(names) - 1)

    def test_every_public_method(self):
        """Nothing breaks in our code, nothing is told or changed that must not be."""
        self.failures, self.outcomes = {}, Counter()
        before = self._picture()

        @many_examples
        @given(st.data())
        def fuzz(data):
            role = data.draw(st.sampled_from(sorted(self.actors)))
            model, method = data.draw(st.sampled_from(self.methods))
            ids = data.draw(self._get_ids(model))
            args = data.draw(self._get_arguments(model, method))
            is_api_model = getattr(
                getattr(self.registry[model], method), "_api_model", 0
            )
            args = args if is_api_model else [ids, *args]
            self._try(role, model, method, args, before)

        with mute_logger("odoo", "odoo.sql_db", "odoo.addons.base.models.ir_model"):
            fuzz()
        _logger.warning("%s calls: %s", self.outcomes.total(), dict(self.outcomes))
        self.assertFalse(self.failures, "\n\n".join(self.failures.values()))

    def _try(self, role, model, method, args, before):
        """One call, as a request: undone afterwards, whatever it did."""
        user = self.actors[role]
        call = f"{role}: {model}.{method}({', '.join(map(ascii, args))[:600]})"
        cr = self.env.cr
        env = self.env(user=user, su=False, context={"lang": "en_US"})
        savepoint = cr.savepoint(flush=False)
        answer = None
        try:
            self.env.transaction.clear()
            with patch.object(type(cr), "commit", self._refuse_commit):
                answer = call_kw(env[model], method, args, {})
                env.flush_all()
            self.outcomes["answered"] += 1
            if role in OUTSIDERS:
                self.env.transaction.clear()
                if model not in SHARED and self._picture() != before:
                    self.failures[model, method, role] = f"changed by {call}"
        except (UserError, IntegrityError) as error:  # Odoo says both in words
            self.outcomes["refused"] += 1
            answer = error
        except Exception as error:
            self._judge(error, method, call)
        finally:
            self.env.transaction.clear()
            savepoint.close(rollback=True)
        if role not in CONFIDANTS and f"{CANARY} said" in str(answer):
            self.failures[model, method, role] = f"told to {call}: {answer}"

    def _judge(self, error, method, call):
        """Ours when our code broke, or handed on what it should have checked."""
        kind, place = get_place(error)
        if "Expected singleton" in str(error) or "positional argument" in str(error):
            self.outcomes["called the wrong way"] += 1
            return
        if "object is not bound" in str(error):
            # Odoo asks for the request of a browser, and there is none here.
            self.outcomes["asked without a request"] += 1
            return
        is_ours = place and method not in GENERIC
        self.outcomes[f"{kind} in {'our' if is_ours else 'Odoo'}"] += 1
        if is_ours:
            self.failures[kind, place] = f"{kind} at {place}: {error!s:.300}\n  {call}"

    def _refuse_commit(self, *args):
        raise AssertionError("committed in the middle of a request")

    def _picture(self):
        """What is stored about the leaver, as text."""
        self.env.flush_all()
        rows = []
        for record in self.guarded:
            self.env.cr.execute(
                SQL(
                    "SELECT md5(t::text) FROM %s t WHERE id = %s",
                    SQL.identifier(record._table),
                    record.id,
                )
            )
            rows.append(self.env.cr.fetchone())
        return rows
