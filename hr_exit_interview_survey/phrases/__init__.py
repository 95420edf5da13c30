"""Which words and phrases people share, without any outside service: plain Python."""

from .count import count_phrases
