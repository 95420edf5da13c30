import re
from collections import defaultdict

from .stop_words import STOP_WORDS

LONGEST = 3
# Letters of any script, with an apostrophe or hyphen inside; numbers say nothing.
WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
# A phrase does not run over the end of a sentence.
SENTENCE = re.compile(r"[.!?;:\n()]+")


def count_phrases(texts, minimum):
    """Words and phrases that at least ``minimum`` people used.

    A phrase is two or three words beside each other in one sentence; neither begins nor
    ends with a word that says nothing. Whoever repeats something counts once.

    :param texts: iterable of (person, text); a person is anything that can be compared
    :param int minimum: how many people must have used it, 1 at least
    :return: list of (phrase, number of people), most used first
    :raises ValueError: for a minimum under 1
    """
    if minimum < 1:
        raise ValueError(f"a phrase has one user at least, not {minimum}")
    users = defaultdict(set)
    for person, text in texts:
        for phrase in set(_find_phrases(text or "")):
            users[phrase].add(person)
    shared = [
        (phrase, len(people))
        for phrase, people in users.items()
        if len(people) >= minimum
    ]
    return sorted(shared, key=lambda row: (-row[1], -row[0].count(" "), row[0]))


def _find_phrases(text):
    for sentence in SENTENCE.split(text.lower()):
        words = WORD.findall(sentence.replace("’", "'"))
        for start, first in enumerate(words):
            if first in STOP_WORDS:
                continue
            for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
                if words[end - 1] not in STOP_WORDS:
                    yield " ".join(words[start:end])
