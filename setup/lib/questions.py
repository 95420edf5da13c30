"""Write the guides and questionnaires of both addons from setup/questions.yaml.

usage: questions.py [--check]
"""

import pathlib
import sys
from xml.sax.saxutils import escape

import polib
import yaml

REPO = pathlib.Path(__file__).parents[2]
BANK = REPO / "setup/questions.yaml"
# What is written; setup/i18n takes the Dutch of these addons.
THEMES = "hr_exit_interview/data/interview/hr_exit_theme_data.xml"
REASONS = "hr_exit_interview/data/interview/hr_exit_reason_data.xml"
QUESTIONS = "hr_exit_interview/data/interview/hr_exit_question_data.xml"
GUIDES = "hr_exit_interview/data/interview/hr_exit_interview_template_data.xml"
QUESTIONNAIRE = "hr_exit_interview_survey/data/survey_{}_data.xml"
ADDONS = ("hr_exit_interview", "hr_exit_interview_survey")

CORE = "hr_exit_interview."
LANGUAGES = ("en", "nl")
TYPES = {"text": "text_box", "single": "simple_choice", "multi": "multiple_choice"}
QUESTION_KEYS = {"en", "nl", "theme", "kind", "choices", "at_most", "comment", "when"}
QUESTION_KEYS |= {"when_said", "not_for", "asked_in", "aim", "probes", "avoid"}
FILE = """<?xml version="1.0" encoding="UTF-8" ?>
<odoo noupdate="1">
    <!-- Written by setup/questions: change setup/questions.yaml instead. -->
{}
</odoo>
"""
WIDTH = 88


# === Reading the bank ===


class Loader(yaml.BaseLoader):
    """Read every word as text, `no` too; refuse a key twice, English without Dutch."""

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _value in node.value]
        for key in keys:
            if keys.count(key) > 1:
                fail(f"line {node.start_mark.line + 1}: {key} appears twice")
        if ("en" in keys) != ("nl" in keys):
            fail(f"line {node.start_mark.line + 1}: en and nl belong together")
        return super().construct_mapping(node, deep)


def fail(*messages):
    sys.exit("\n".join(f"setup/questions.yaml: {message}" for message in messages))


def read(path=BANK):
    """Return the bank; its questions have code, answers and probes filled in."""
    bank = yaml.load(path.read_text(), Loader)
    faults = list(get_faults(bank))
    if faults:
        fail(*faults)
    for code, question in bank["questions"].items():
        question["code"] = code
        question["choices"] = get_choices(bank, question.get("choices", []))
        for key in ("probes", "avoid"):
            if key in question:
                lines = [look_up(bank[key], line) for line in question[key]]
                question[key] = {
                    lang: "\n".join(line[lang] for line in lines) for lang in LANGUAGES
                }
    return bank


def get_faults(bank):
    """Yield names that are not defined and questions that nobody asks."""
    asked = set()
    for code, interview in bank["interviews"].items():
        asked.update(interview["guide"], get_written(interview))
        for page in set(interview.get("questionnaire", ())) - set(bank["pages"]):
            yield f"{code}: unknown page {page}"
        for name in interview["guide"]:
            if "aim" not in bank["questions"].get(name, ()):
                yield f"{code}: {name} is in the guide but has no aim"
    for name in sorted(asked ^ set(bank["questions"])):
        yield f"{name} is not defined, or asked nowhere"
    for code, question in bank["questions"].items():
        yield from get_question_faults(bank, code, question)


def get_question_faults(bank, code, question):
    for key in sorted(set(question) - QUESTION_KEYS):
        yield f"{code}: unknown key {key}"
    if question.get("theme") not in bank["themes"]:
        yield f"{code}: unknown theme {question.get('theme')}"
    if question.get("kind") not in TYPES | bank["scales"]:
        yield f"{code}: unknown kind {question.get('kind')}"
    if "when" in question and "aim" in question and "when_said" not in question:
        yield f"{code}: when_said is missing"


def look_up(known, text):
    """Return the text itself, or the shared one of that name."""
    if isinstance(text, str) and text not in known:
        fail(f"unknown text {text}")
    return known[text] if isinstance(text, str) else text


def get_choices(bank, wanted):
    """Return the answers to choose from: {code: words}, of a list or of reasons."""
    if isinstance(wanted, list):
        pairs = [
            next(iter(w.items())) if isinstance(w, dict) else (w, w) for w in wanted
        ]
        return {code: look_up(bank["answers"], text) for code, text in pairs}
    reasons = {
        code: {**reason, "is_reason": True}
        for category, group in bank["reasons"].items()
        for code, reason in group["reasons"].items()
        if wanted in ("reasons", category)
    }
    return reasons or fail(f"unknown reasons {wanted}")


def get_written(interview):
    """Return the codes of what the leaver is asked to fill in."""
    return [c for codes in interview.get("questionnaire", {}).values() for c in codes]


def get_condition(interview, question):
    """Return (question, its answers) that it depends on, where that is asked at all."""
    for trigger, answers in question.get("when", {}).items():
        if trigger in get_written(interview):
            return trigger, answers
    return None


def get_pages(bank, code):
    """Return the questions of a questionnaire: {page: [question]}.

    Each with its condition and where it is asked. The last page holds what only the
    guide asks, so that there is a place for what is said.
    """
    interview = bank["interviews"][code]
    written = get_written(interview)
    spoken = [code for code in interview["guide"] if code not in written]
    pages = {**interview["questionnaire"], "conversation": spoken}
    return {
        page: [place(interview, bank["questions"][code]) for code in codes]
        for page, codes in pages.items()
        if codes
    }


def place(interview, question):
    """Return the question with where it is asked in this interview, and when."""
    asked_in = "conversation"
    if question["code"] in get_written(interview):
        asked_in = "both" if question["code"] in interview["guide"] else "survey"
    condition = get_condition(interview, question)
    return {"asked_in": asked_in, **question, "condition": condition}


# === From the bank to records: (XML id, model, values) ===


class Ref(str):
    """The XML id of a record."""


def number(items, step=10):
    """Yield (sequence, key, value) of a dict."""
    for position, item in enumerate(items.items(), start=1):
        yield (position * step, *item)


def flag(node, name):
    """Return True or None, which leaves the field to its default."""
    return node.get(name) == "yes" or None


def theme_records(bank):
    for sequence, code, theme in number(bank["themes"]):
        values = {"name": theme, "code": code, "sequence": sequence}
        yield f"exit_theme_{code}", "hr.exit.theme", values


def reason_records(bank):
    for first, category, group in number(bank["reasons"], 100):
        parent = Ref(f"exit_reason_category_{category.lower()}")
        values = {"name": group, "code": category, "sequence": first}
        yield parent, "hr.exit.reason", values
        for sequence, code, reason in number(group["reasons"], 1):
            values = {
                "parent_id": parent,
                "name": reason,
                "code": code,
                "sequence": first + sequence,
                "kind": reason["kind"],
                "preventable": reason["preventable"],
                "is_about_manager": flag(reason, "is_about_manager"),
                "is_sensitive": flag(reason, "is_sensitive"),
            }
            yield f"exit_reason_{code}", "hr.exit.reason", values


def question_records(bank):
    spoken = {c: q for c, q in bank["questions"].items() if "aim" in q}
    for sequence, code, question in number(spoken):
        values = {
            "name": question,
            "code": code,
            "sequence": sequence,
            "theme_id": Ref(f"exit_theme_{question['theme']}"),
            "aim": question["aim"],
            "probes": question.get("probes"),
            "avoid": question.get("avoid"),
        }
        yield f"exit_question_{code.lower()}", "hr.exit.question", values


def guide_records(bank):
    for sequence, code, interview in number(bank["interviews"]):
        template = Ref(f"exit_interview_template_{code}")
        values = {
            "name": interview,
            "sequence": sequence,
            "departure_type_ids": [
                f"departure_type_{w}" for w in interview.get("for", ())
            ],
            "is_second": flag(interview, "is_second"),
        }
        yield template, "hr.exit.interview.template", values
        yield from guide_line_records(bank, interview, template)


def guide_line_records(bank, interview, template):
    questions = {code: bank["questions"][code] for code in interview["guide"]}
    for sequence, code, question in number(questions):
        values = {
            "template_id": template,
            "question_id": Ref(f"exit_question_{code.lower()}"),
            "sequence": sequence,
            "condition": get_condition(interview, question) and question["when_said"],
        }
        xmlid = f"{template}_{code.lower()}"
        yield xmlid, "hr.exit.interview.template.line", values


def survey_records(bank, code):
    interview = bank["interviews"][code]
    survey = Ref(f"exit_survey_{code}")
    values = {
        "title": interview,
        "survey_type": "exit_interview",
        "user_id": False,
        "description": tuple(bank["opening"]),
        "description_done": (interview.get("closing", bank["closing"]),),
    }
    yield survey, "survey.survey", values
    sequence = 0
    for page, questions in get_pages(bank, code).items():
        sequence += 10
        yield page_record(survey, page, bank["pages"][page], sequence)
        for question in questions:
            sequence += 10
            yield asked_record(bank, survey, question, sequence)
            yield from answer_records(survey, question)


def page_record(survey, page, title, sequence):
    values = {
        "survey_id": survey,
        "title": title,
        "sequence": sequence,
        "is_page": True,
        "question_type": False,
    }
    return f"{survey}_page_{page}", "survey.question", values


def asked_record(bank, survey, question, sequence):
    code = question["code"].lower()
    guide = Ref(f"{CORE}exit_question_{code}") if "aim" in question else None
    ways = [f"{CORE}departure_type_{way}" for way in question.get("not_for", ())]
    values = {
        "survey_id": survey,
        "title": question,
        "sequence": sequence,
        "question_type": TYPES.get(question["kind"], "scale"),
        **get_form(bank, question),
        "exit_code": question["code"],
        "exit_theme_id": Ref(f"{CORE}exit_theme_{question['theme']}"),
        "exit_asked_in": question["asked_in"],
        "exit_guide_question_id": guide,
        **get_trigger(survey, question),
        "exit_not_for_type_ids": ways,
    }
    return f"{survey}_{code}", "survey.question", values


def get_form(bank, question):
    """Return the values that say how it is answered."""
    scale = bank["scales"].get(question["kind"])
    if scale:
        return {
            "scale_min": int(scale["from"]),
            "scale_max": int(scale["to"]),
            "scale_min_label": scale["low"],
            "scale_max_label": scale["high"],
        }
    if question["kind"] == "text":
        return {"question_placeholder": bank["placeholder"]}
    return {
        "exit_max_answers": int(question.get("at_most", 0)) or None,
        "comments_allowed": "comment" in question or None,
        "comments_message": question.get("comment"),
    }


def get_trigger(survey, question):
    """Return the values that say after what it is asked."""
    if not question["condition"]:
        return {}
    code, answers = question["condition"]
    trigger = Ref(f"{survey}_{code.lower()}")
    if answers == "given":
        return {"exit_after_question_id": trigger}
    return {"triggering_answer_ids": [f"{trigger}_{answer}" for answer in answers]}


def answer_records(survey, question):
    asked = Ref(f"{survey}_{question['code'].lower()}")
    for sequence, code, words in number(question["choices"]):
        reason = Ref(f"{CORE}exit_reason_{code}") if "is_reason" in words else None
        values = {
            "question_id": asked,
            "value": words,
            "sequence": sequence,
            "exit_code": code,
            "exit_reason_id": reason,
        }
        yield f"{asked}_{code}", "survey.question.answer", values


def get_records(bank):
    """Return {path of a data file: [record]}."""
    records = {
        THEMES: theme_records(bank),
        REASONS: reason_records(bank),
        QUESTIONS: question_records(bank),
        GUIDES: guide_records(bank),
    }
    for code, interview in bank["interviews"].items():
        if "questionnaire" in interview:
            records[QUESTIONNAIRE.format(code)] = survey_records(bank, code)
    return {path: list(found) for path, found in records.items()}


# === From records to files ===


def element(indent, tag, attributes, content=None):
    """Return an element as prettier lays it out: broken when its first line is long."""
    space = " " * indent
    pairs = [f'{name}="{value}"' for name, value in attributes.items()]
    end = " />" if content is None else f">{content}</{tag}>"
    line = space + " ".join([f"<{tag}", *pairs]) + end
    if len(line.split("\n")[0]) <= WIDTH:
        return line
    inside = [f"{space}    {pair}" for pair in pairs]
    return "\n".join([f"{space}<{tag}", *inside, space + end.strip()])


def block(indent, tag, attributes, lines):
    content = "\n" + "\n".join(lines) + "\n" + " " * indent
    return element(indent, tag, attributes, content)


def field(name, value):
    """Return a field: a dict has words, a tuple paragraphs, a list XML ids to link."""
    attributes = {"name": name}
    if isinstance(value, dict):
        return element(8, "field", attributes, escape(value["en"]))
    if isinstance(value, tuple):
        lines = [element(12, "p", {}, escape(words["en"])) for words in value]
        return block(8, "field", {**attributes, "type": "html"}, lines)
    if isinstance(value, Ref):
        return element(8, "field", {**attributes, "ref": value})
    if isinstance(value, str):
        return element(8, "field", attributes, value)
    if isinstance(value, list):
        value = "[" + ", ".join(f"(4, ref('{xmlid}'))" for xmlid in value) + "]"
    return element(8, "field", {**attributes, "eval": value})


def render(records):
    """Return the data file; a value of None or [] is left out."""
    texts = []
    for xmlid, model, values in records:
        attributes = {"id": xmlid, "model": model}
        # A questionnaire that was shipped belongs to the company from then on: an
        # update changes nothing in it and brings back nothing that was deleted. A new
        # version is shipped under a new name.
        if model.startswith("survey."):
            attributes["forcecreate"] = "0"
        fields = [field(*pair) for pair in values.items() if pair[1] not in (None, [])]
        texts.append(block(4, "record", attributes, fields))
    return FILE.format("\n".join(texts))


def get_words(records):
    """Yield the texts of records: dicts with English and Dutch."""
    for _xmlid, _model, values in records:
        for value in values.values():
            for words in value if isinstance(value, tuple) else [value]:
                if isinstance(words, dict):
                    yield words


def dutch(bank, addon):
    """Return {English: Dutch} of what is written for an addon."""
    found = {}
    for path, records in get_records(bank).items():
        for words in get_words(records) if path.startswith(f"{addon}/") else ():
            if found.setdefault(words["en"], words["nl"]) != words["nl"]:
                fail(f"{addon} translates {words['en']!r} in two ways")
    return found


def get_changed(bank):
    """Return {data file that differs: what it has to be}."""
    wanted = {REPO / path: render(found) for path, found in get_records(bank).items()}
    return {
        path: text
        for path, text in wanted.items()
        if not path.exists() or path.read_text() != text
    }


def get_stale(bank):
    """Yield the terms whose Dutch in the addons is not that of the bank."""
    for addon in ADDONS:
        words = dutch(bank, addon)
        for entry in polib.pofile(str(REPO / addon / "i18n/nl.po")):
            if words.get(entry.msgid, entry.msgstr) != entry.msgstr:
                yield f"{addon}/i18n/nl.po: {entry.msgid!r}"


def main(arguments):
    is_check = arguments == ["--check"]
    bank = read()
    changed, stale = get_changed(bank), list(get_stale(bank))
    for path, text in changed.items():
        print(f"{path.relative_to(REPO)}: {'differs' if is_check else 'written'}")
        if not is_check:
            path.write_text(text)
    for place in stale:
        print(f"{place}: setup/i18n takes the Dutch from setup/questions.yaml")
    return is_check and bool(changed or stale)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
