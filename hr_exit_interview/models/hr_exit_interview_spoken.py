from odoo import models

# What is said to the leaver; the rest of the guide is for the interviewer's eyes.
SPOKEN = ("question", "probes", "prompts")


class HrExitInterview(models.Model):
    """What is said or sent to the leaver: in the leaver's language.

    An interviewer who reads another language sees the own words below it.
    """

    _inherit = "hr.exit.interview"

    def _in_spoken_lang(self):
        """This interview, in the language in which the leaver is spoken to."""
        # sudo: hr.departure - the language alone, for who may read the interview
        lang = self.departure_id.sudo()._get_leaver_lang()
        return self.with_context(lang=lang)

    def _get_spoken_guide(self):
        """The guide as a page or screen wants it, see ``_get_guide_items``.

        What is said to the leaver is in the leaver's language. Where the reader's
        differs, ``translation`` has it: a dict with ``question``, ``probes`` and
        ``prompts``; False where both are the same.

        :return: list of dicts, without ``point``
        """
        items = self._get_guide_items()
        other = self._in_spoken_lang()
        if other.env.lang == self.env.lang:
            return [self._prepare_spoken_item(item, item) for item in items]
        spoken = {item["question_id"]: item for item in other._get_guide_items()}
        return [
            self._prepare_spoken_item(item, spoken.get(item["question_id"], item))
            for item in items
        ]

    def _prepare_spoken_item(self, own, spoken):
        names = (own["name"], spoken["name"])
        if own["point"].question in names:
            # As it was asked, and not changed since: it can be read in both languages.
            own, spoken = ({**item, "question": item["name"]} for item in (own, spoken))
        talk_own, talk_spoken = map(self._prepare_talk_item, (own, spoken))
        words = {name: talk_own[name] for name in SPOKEN}
        is_other = any(words[name] != talk_spoken[name] for name in SPOKEN)
        said = {name: talk_spoken[name] for name in SPOKEN}
        return {**talk_own, **said, "translation": is_other and words}

    def _get_spoken_opening(self):
        """What is read out first, and the same in the reader's language.

        :return: dict with ``opening``, ``opening_translation`` (empty when the same)
            and ``spoken_lang``, as an attribute of a page
        """
        other = self._in_spoken_lang()
        spoken, own = other._get_talk_opening(), self._get_talk_opening()
        return {
            "opening": spoken,
            "opening_translation": own if own != spoken else [],
            "spoken_lang": (other.env.lang or "en_US").replace("_", "-"),
        }
