"""The example in the documentation of the JSON API, as a user would try it."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from ota_dev.dev_server import DevServer, ServerSettings

LIMIT = 10  # seconds; far more than anything here takes


def example(name: str, pytestconfig: pytest.Config) -> str:
    document = (pytestconfig.rootpath / "docs" / "reference" / "json-api.md").read_text("utf-8")
    match = re.search(rf"<!-- runs: {name} -->\n```\w+\n(.+?)\n```", document, re.DOTALL)
    assert match
    return match[1]


def test_the_example_gives_what_it_says(dist: Path, mac_zip: Callable[..., bytes], pytestconfig: pytest.Config) -> None:
    (dist / "Acme-Notes-1.3.0.zip").write_bytes(mac_zip("1.3.0"))
    (dist / "Acme-Notes-1.3.0.md").write_text("- Opens large notes faster\n")
    (dist / "Acme-Notes-1.3.0.yaml").write_text("publication_date: 2026-03-01T09:00:00+01:00\n")
    asked = urlsplit(shlex.split(example("check", pytestconfig))[1])

    with DevServer(ServerSettings(folder=dist, port=0)) as server, requests.Session() as session:
        session.trust_env = False
        answer = session.get(f"{server.url}{asked.path}?{asked.query}", timeout=LIMIT).text

    assert answer.replace(server.url, "http://127.0.0.1:8080") == example("answer", pytestconfig) + "\n"
