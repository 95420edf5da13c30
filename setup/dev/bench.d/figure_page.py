"""The leaver's page on real servers, with many people at once."""

import http.cookiejar
import re
import statistics
import time
import urllib.parse
import urllib.request

from apart import (
    database_from,
    read_requests,
    run_together,
    server_on,
)
from harness import Figure, rounded
from leavers import Office

FORM_TOKEN = re.compile(r'name="form_token" value="(\w+)"')
POINT = re.compile(r'name="(text_[\w-]+)"')
VISITS = 5  # each person opens the page and saves a point, this many times
PERCENTILE = 95
ATTEMPTS = 20


class LeaverPage(Figure):
    name = "leaver_page"
    what = "Leavers at once on two workers: the link, the page, a point saved, again"
    goal = "95 of 100 requests under 100 ms in the server at 50, no answer lost"
    sizes = (10, 50)
    is_apart = True
    servers, workers = 1, 2
    resent = 0

    def measure(self, size):
        with database_from(self.template, self.name) as database:
            tokens = self._make_leavers(database, size)
            with server_on(database, self.workers, self.servers) as servers:
                self._visit(servers[0][0], tokens[0], 0)  # style sheets and caches
                rounds = [
                    self._visit_together(servers, tokens, number)
                    for number in range(self.runs)
                ]
                requests = [
                    request
                    for _address, log in servers
                    for request in read_requests(log(), "/exit")
                ]
            lost = self._count_lost(database, tokens, rounds[-1])
        return self._sum_up(size, requests, rounds, lost)

    def _make_leavers(self, database, size):
        """Commit departures with an offered interview; return their tokens."""
        with self.open(database) as env:
            departures = Office(env).let_go(size)
            departures.write({"state": "confirmed"})
            env["hr.settlement"]._create_for_departures(departures)
            departures._offer_interviews()
            env.flush_all()
            env.cr.execute("ANALYZE")
            env.cr.commit()
            return dict(enumerate(departures.mapped("exit_token")))

    def _visit_together(self, servers, tokens, number):
        started = time.perf_counter()
        texts = run_together(
            [
                lambda at=at, token=token: self._visit(
                    servers[at % len(servers)][0], token, number
                )
                for at, token in tokens.items()
            ]
        )
        return {"texts": texts, "seconds": time.perf_counter() - started}

    def _visit(self, address, token, number):
        """Open the link, save points; return (the last text, seconds per request)."""
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
        )
        waits = []

        def ask(path, data=None):
            started = time.perf_counter()
            data = data and urllib.parse.urlencode(data).encode()
            page = self._send(opener, f"{address}{path}", data)
            waits.append(time.perf_counter() - started)
            return page

        page = ask(f"/exit/{token}")
        text = ""
        for visit in range(VISITS):
            text = f"Round {number}, visit {visit} of {token[:6]}"
            form_token = FORM_TOKEN.search(page)[1]
            name = POINT.search(page)[1]
            base = name.replace("text_", "base_")
            before = re.search(rf'name="{base}" value="([^"]*)"', page)
            page = ask(
                "/exit/points",
                {
                    "form_token": form_token,
                    name: text,
                    base: before[1] if before else "",
                },
            )
        return text, waits

    def _send(self, opener, address, data):
        """Send again what a full queue of connections refused, as browsers do."""
        for attempt in range(ATTEMPTS):
            try:
                return opener.open(address, data, timeout=120).read().decode()
            except ConnectionResetError:
                self.resent += 1
                time.sleep(0.1 * attempt)
        raise RuntimeError(f"refused {ATTEMPTS} times: {address}")

    def _count_lost(self, database, tokens, last):
        """Return how many of the last texts are not in the database."""
        with self.open(database) as env:
            departures = env["hr.departure"].search([("exit_token", "!=", False)])
            points = {
                departure.exit_token: " ".join(
                    filter(None, departure.interview_ids.point_ids.mapped("answer"))
                )
                for departure in departures
            }
        return sum(
            text not in points[tokens[at]]
            for at, (text, _waits) in enumerate(last["texts"])
        )

    def _sum_up(self, size, requests, rounds, lost):
        seconds = [seconds for _path, seconds, _queries, _status in requests]
        waits = [
            wait for each in rounds for _text, some in each["texts"] for wait in some
        ]
        return {
            "size": size,
            "runs": len(rounds),
            "requests": len(requests),
            "failed": sum(status >= 400 for *_others, status in requests),
            "resent": self.resent,
            "lost": lost,
            "median_s": rounded(statistics.median(seconds)),
            "min_s": rounded(min(seconds)),
            "max_s": rounded(max(seconds)),
            "p95_ms": rounded(1000 * percentile(seconds)),
            "p95_client_ms": rounded(1000 * percentile(waits)),
            "queries": max(queries for _path, _seconds, queries, _status in requests),
        }

    def is_reached(self, result):
        return result["p95_ms"] < 100 and not result["lost"] and not result["failed"]


class TwoServers(LeaverPage):
    name = "leaver_page_2_servers"
    what = "The same on two servers of two workers each, on one database"
    sizes = (50,)
    servers = 2


def percentile(values):
    return statistics.quantiles(values, n=100)[PERCENTILE - 1]
