import logging
import re

# What follows the slash opens somebody's page: a log is read by more people than that.
LINKS = [re.compile(r"(/exit/(?:\w+/)?)[\w%-]{30,}")]


class LinkFilter(logging.Filter):
    """Keeps personal links out of the log of requests."""

    def filter(self, record):
        record.msg = hide_links(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(hide_links(value) for value in record.args)
        return True


def hide_links(value):
    """Return a text without the secret part of personal links."""
    if isinstance(value, str):
        for link in LINKS:
            value = link.sub(r"\1***", value)
    return value


logging.getLogger("werkzeug").addFilter(LinkFilter())
