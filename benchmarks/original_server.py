"""The server that ota-dev grew out of, rebuilt as it shipped: Flask on Werkzeug's threaded development server.

Every request for the feed looks through the folder and renders a Jinja2 template; installers go out with `send_file`.
What is not rebuilt is to its advantage: it hashes nothing. Run as `python -m benchmarks.original_server FOLDER PORT`.
"""

import logging
import re
import sys
from email.utils import formatdate
from pathlib import Path

from flask import Flask, Response, abort, send_file
from jinja2 import Environment

__all__ = ["make_application"]

_FILE_NAME = re.compile(r"^(?P<app>.+?)[-_]v?(?P<version>\d+(?:\.\d+)+).*\.(?P<suffix>dmg|zip|exe|msi|AppImage)$")
_SYSTEMS = {"dmg": "macos", "zip": "macos", "exe": "windows", "msi": "windows", "AppImage": "linux"}

_FEED = Environment(autoescape=True).from_string("""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:sparkle="http://www.andymatuschak.org/xml-namespaces/sparkle">
  <channel>
    <title>Updates</title>
{%- for item in items %}
    <item>
      <title>Version {{ item.version }}</title>
      <pubDate>{{ item.published }}</pubDate>
      <enclosure url="{{ item.url }}" length="{{ item.size }}" type="application/octet-stream"
        sparkle:version="{{ item.version }}" sparkle:shortVersionString="{{ item.version }}"
        sparkle:os="{{ item.system }}"/>
    </item>
{%- endfor %}
  </channel>
</rss>
""")


def make_application(folder: Path, base_url: str) -> Flask:
    """Put the server together."""
    application = Flask(__name__)

    @application.get("/appcast.xml")
    def appcast() -> Response:
        items = sorted(_items(folder, base_url), key=lambda item: str(item["version"]), reverse=True)
        return Response(_FEED.render(items=items), mimetype="application/xml")

    @application.get("/downloads/<path:name>")
    def download(name: str) -> Response:
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
            abort(404)
        return send_file(path, as_attachment=True)

    return application


def _items(folder: Path, base_url: str) -> list[dict[str, str | int]]:
    return [
        {
            "version": match["version"],
            "published": formatdate(path.stat().st_mtime),
            "url": f"{base_url}/downloads/{path.name}",
            "system": _SYSTEMS[match["suffix"]],
            "size": path.stat().st_size,
        }
        for path in folder.iterdir()
        if (match := _FILE_NAME.match(path.name))
    ]


if __name__ == "__main__":
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # it would print a line for every request
    served, port = Path(sys.argv[1]), int(sys.argv[2])
    make_application(served, f"http://127.0.0.1:{port}").run(host="127.0.0.1", port=port, threaded=True)
