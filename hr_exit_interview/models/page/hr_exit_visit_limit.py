from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.tools import SQL, hmac

WINDOW = timedelta(minutes=10)
# In a window. A form saves by itself about once in a second while somebody types.
LIMITS = {
    "wrong": 60,  # links that open nothing, by address
    "write": 1200,  # what is saved with one link
}
TRIES = 3
# Providers give a whole network of this size to one customer.
CUSTOMER_NETWORK = 64


class HrExitVisitLimit(models.Model):
    """How often links were tried and forms sent, for all workers together.

    No link and no address is stored, only a keyed hash of either that is another one
    every ten minutes. Nobody may read it, whatever the role.
    """

    _name = "hr.exit.visit.limit"
    _description = "Limit on Visits"
    _log_access = False

    key = fields.Char(required=True, readonly=True)
    hit_count = fields.Integer(required=True, readonly=True)
    window_end = fields.Datetime(required=True, readonly=True, index=True)

    _key_uniq = models.UniqueIndex("(key)", "This is counted already.")

    @api.model
    def _get_window(self, kind, who):
        """Under which key a visit is counted now, and until when.

        :param str kind: a key of ``LIMITS``
        :param str who: an address or a link
        :return: (key, end)
        """
        now = datetime.now(UTC)
        end = now - (now - datetime.min.replace(tzinfo=UTC)) % WINDOW + WINDOW
        message = f"{end:%Y-%m-%d %H:%M} {who}"
        # sudo: ir.config_parameter - the key of the hash
        return hmac(self.env(su=True), f"exit_limit_{kind}", message), end

    @api.model
    def _hit(self, kind, key, end):
        """Count one visit, in a transaction of its own that is over at once.

        The caller's may be read-only, or be undone and done again.

        :return: seconds to wait when there were too many, else 0
        """
        for _try in range(TRIES):
            try:
                with self.pool.cursor() as cr:
                    is_counted = self._count_hit(cr, key, LIMITS[kind], end)
            except SerializationFailure:
                continue  # another visit of this very moment was counted
            wait = (end - datetime.now(UTC)).total_seconds()
            return 0 if is_counted else max(1, int(wait) + 1)
        return 0

    @api.model
    def _count_hit(self, cr, key, limit, end):
        """Count by one statement, which writes nothing beyond the limit.

        :return: whether it was within the limit
        """
        cr.execute(
            SQL(
                """
                INSERT INTO hr_exit_visit_limit AS kept (key, hit_count, window_end)
                VALUES (%(key)s, 1, %(end)s)
                    ON CONFLICT (key) DO UPDATE SET hit_count = kept.hit_count + 1
                 WHERE kept.hit_count < %(limit)s
             RETURNING hit_count
                """,
                key=key,
                end=end.replace(tzinfo=None),
                limit=limit,
            ),
            log_exceptions=False,
        )
        return bool(cr.fetchone())

    @api.autovacuum
    def _gc_visits(self):
        """Forget what is over."""
        self.env.cr.execute(
            SQL(
                "DELETE FROM hr_exit_visit_limit WHERE window_end < %s",
                fields.Datetime.now(),
            )
        )


def get_network(address):
    """What one visitor can be told by: the address, or the network it is in.

    :param str address: as the web server says it; odd behind an odd proxy
    """
    try:
        found = ip_address(address)
    except ValueError:
        return str(address)
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((found, CUSTOMER_NETWORK), strict=False))
