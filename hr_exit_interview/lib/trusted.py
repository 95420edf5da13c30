"""What code says to code by way of the context, and no client can say."""

from dataclasses import dataclass

from odoo import SUPERUSER_ID


@dataclass(frozen=True)
class Trusted:
    """A value that code put into the context.

    A client sends numbers, texts, lists and dicts, never one of these: no protection
    and no amount depends on a key that somebody may send along.
    """

    value: object


def get_trusted(env, key, default=None):
    """Return what code said under a key of the context; what was sent is ignored."""
    said = env.context.get(key)
    return said.value if isinstance(said, Trusted) else default


def as_system(env, **context):
    """Return the environment of the product itself, without the client's context.

    ``with_user(SUPERUSER_ID)`` keeps ``default_…`` keys, by which whoever starts it
    would write fields of what the product creates.
    """
    return env(user=SUPERUSER_ID, su=True, context=context)


def get_defaults_sent(env):
    """Return the names of the fields that the context would fill in on creation."""
    return {
        name.removeprefix("default_")
        for name in env.context
        if name.startswith("default_")
    }
