"""The dashboard with 500 requests in the journal: what the server takes, what is sent, and when a browser paints."""

import re
import time
from functools import partial
from statistics import median

from playwright.sync_api import Browser

from benchmarks.folders import temporary_folder, write_installers
from benchmarks.servers import RunningServer
from benchmarks.side_by_side import Verdicts, benchmark, in_turn, print_table, spread
from ota_dev.dev_server import DevServer
from tests.browser.chromium import chromium

REQUESTS = 500
PAGE = "first paint of the dashboard"
ASSET = re.compile(rb'(?:href|src)="(/_ota/dashboard/assets/[^"]+)"')
PAINT = """() => new Promise((tell) => {
  new PerformanceObserver((list) => {
    for (const paint of list.getEntriesByName("first-contentful-paint")) tell(paint.startTime);
  }).observe({ type: "paint", buffered: true });
})"""


def measure(rounds: int, verdicts: Verdicts) -> None:
    """Measure."""
    with temporary_folder() as folder, chromium() as browser:
        write_installers(folder, 20)
        with DevServer(folder) as server:
            server.rescan()
            for number in range(REQUESTS):
                RunningServer(pid=0, port=server.port).get(f"/appcast.xml?{number}")
            page = _got(server, "/")
            assets = [_got(server, path.decode("ascii")) for path in ASSET.findall(page)]
            measures = {
                "the server's answer": partial(_answer_milliseconds, server),
                PAGE: partial(_paint_milliseconds, browser, server, server.token),
                "first paint of the few words for who is not signed in": partial(
                    _paint_milliseconds, browser, server, "none"
                ),
            }
            taken = in_turn(measures, rounds)
    print_table(["500 requests in the journal", "ms"], [[name, spread(values, 0)] for name, values in taken.items()])
    size = sum(map(len, assets))
    print(f"The page has {len(page):,} bytes, and its {len(assets)} assets have {size:,}.\n")
    verdicts.at_most(200, median(taken[PAGE]), f"{PAGE}, ms")
    verdicts.at_most(100, size / 1000, "assets, kB")


def _got(server: DevServer, path: str) -> bytes:
    connection = RunningServer(pid=0, port=server.port).connect()
    try:
        connection.request("GET", path, headers={"Accept": "text/html", "Authorization": f"Bearer {server.token}"})
        return connection.getresponse().read()
    finally:
        connection.close()


def _answer_milliseconds(server: DevServer) -> float:
    start = time.perf_counter()
    _got(server, "/")
    return (time.perf_counter() - start) * 1000


def _paint_milliseconds(browser: Browser, server: DevServer, token: str) -> float:
    """Open the page in a browser that has nothing of it."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    try:
        page = context.new_page()
        cookie = {"name": f"ota-dev-{server.port}", "value": token, "url": server.url}
        context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dict of the same names
        page.goto(server.url)
        return float(page.evaluate(PAINT))
    finally:
        context.close()


if __name__ == "__main__":
    benchmark(measure, rounds=9)
