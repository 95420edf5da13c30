"""Merging what two people typed in one field, so that no word of either is lost.

A three-way merge by words: what only one of them changed is taken over; where both
changed the same place, both texts are kept. Plain Python, no ORM.
"""

import re
from difflib import SequenceMatcher


def merge(base, theirs, mine):
    """Merge two versions of a text that started from the same one.

    :param str base: what both started from
    :param str theirs: what is stored now
    :param str mine: what arrives
    :return: the merged text as str
    """
    if mine in (theirs, base):
        return theirs
    if theirs == base:
        return mine
    base, theirs_words, mine = (_split(text) for text in (base, theirs, mine))
    if _is_within(mine, theirs_words) and not _is_within(mine, base):
        return theirs  # it arrived before
    return "".join(_merge_words(base, theirs_words, mine))


def added(base, mine):
    """Return what ``mine`` has that ``base`` has not, as str."""
    base, mine = _split(base), _split(mine)
    matcher = SequenceMatcher(None, base, mine, autojunk=False)
    pieces = [
        "".join(mine[start:end])
        for tag, _from, _to, start, end in matcher.get_opcodes()
        if tag in ("insert", "replace")
    ]
    return " ".join(piece.strip() for piece in pieces if piece.strip())


def _split(text):
    """Words and the space between them, so that joining gives the text again."""
    return re.findall(r"\s+|\S+", text)


def _merge_words(base, theirs, mine):
    at_base = at_theirs = at_mine = 0
    for in_base, in_theirs, in_mine, length in _find_common(base, theirs, mine):
        yield from _resolve(
            base[at_base:in_base],
            theirs[at_theirs:in_theirs],
            mine[at_mine:in_mine],
            is_end=not length,
        )
        yield from base[in_base : in_base + length]
        at_base, at_theirs, at_mine = (
            in_base + length,
            in_theirs + length,
            in_mine + length,
        )


def _find_common(base, theirs, mine):
    """Yield (start in base, in theirs, in mine, length) of what all three share.

    The last one has no length and lies behind the end of each.
    """
    blocks_theirs = _match(base, theirs)
    blocks_mine = _match(base, mine)
    while blocks_theirs and blocks_mine:
        block_theirs, block_mine = blocks_theirs[0], blocks_mine[0]
        start = max(block_theirs.a, block_mine.a)
        end_theirs = block_theirs.a + block_theirs.size
        end_mine = block_mine.a + block_mine.size
        length = min(end_theirs, end_mine) - start
        if length > 0:
            yield (
                start,
                block_theirs.b + start - block_theirs.a,
                block_mine.b + start - block_mine.a,
                length,
            )
        (blocks_theirs if end_theirs < end_mine else blocks_mine).pop(0)
    yield len(base), len(theirs), len(mine), 0


def _match(base, other):
    return SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()


def _resolve(base, theirs, mine, is_end):
    """Return the merged pieces between two common stretches."""
    if mine in (theirs, base) or _is_within(mine, theirs):
        return theirs
    if theirs == base or _is_within(theirs, mine):
        return mine
    return [_keep_both("".join(theirs), "".join(mine), is_end)]


def _is_within(few, many):
    """Tell whether all words come back in the same order: sent again, or typed on."""
    rest = iter(many)
    return all(word in rest for word in few if word.strip())


def _keep_both(theirs, mine, is_end):
    """Both texts, the one that goes on with the sentence before it first."""
    first, second = theirs, mine
    if theirs.startswith("\n") and not mine.startswith("\n"):
        first, second = mine, theirs
    # Within a line a break would cut the sentence in two.
    between = "\n" if is_end or "\n" in theirs + mine else " / "
    end = second[len(second.rstrip()) :]
    return f"{first.rstrip()}{between}{second.strip()}{end}"
