"""No command pays for what it does not use: what is imported by the time it ends."""

import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PROBE = """
import sys
from ota_dev.cli.app import run
try:
    run(sys.argv[2:])
finally:
    with open(sys.argv[1], "w") as file:
        file.write(" ".join(sys.modules))
"""
EVERYTHING = {
    *("aiohttp", "asyncio", "jinja2", "json", "logging", "markdown_it", "multiprocessing", "platformdirs", "requests"),
    *("rich", "sqlite3", "ssl", "tarfile", "unittest", "urllib.request", "watchdog", "webbrowser", "yaml", "zipfile"),
}
ROOMS = {
    *(
        "catalog",
        "client_setup",
        "config",
        "control_client",
        "demo",
        "dev_server",
        "diagnosis",
        "documents",
        "feeds",
        "hashing",
        "installers",
        "journal",
        "lint",
    ),
    *("operating_system", "publishing", "scan", "scenarios", "server", "signing", "simulated_client", "store"),
    *("translations", "watch"),
}
Imported = Callable[..., set[str]]


@pytest.fixture
def imported(dist: Path, mac_zip: Callable[..., bytes], tmp_path: Path) -> Imported:
    """Run a command on a folder with one installer; give the modules that it imported and that are asked about."""
    (dist / "Acme-Notes-1.3.0.zip").write_bytes(mac_zip("1.3.0"))

    def run(*arguments: str) -> set[str]:
        names = tmp_path / "modules.json"
        subprocess.run(
            [sys.executable, "-c", PROBE, names, *arguments], cwd=tmp_path, capture_output=True, check=False, timeout=30
        )
        modules = set(names.read_text().split())
        return modules & EVERYTHING | {room for room in ROOMS if f"ota_dev.{room}" in modules}

    return run


def test_the_version_costs_nothing_but_the_command_line(imported: Imported) -> None:
    assert imported("--version") == set()


def test_the_list_of_commands_needs_none_of_their_rooms(imported: Imported) -> None:
    modules = imported("--help")

    assert modules & ROOMS == set()
    assert "rich" in modules  # the help is laid out by it


@pytest.mark.parametrize(
    ("command", "rooms"),
    [("serve", {"operating_system", "catalog"}), ("generate-appcast", {"catalog"}), ("hash", {"hashing"})],
    ids=["serve", "generate-appcast", "hash"],
)
def test_the_help_of_a_command_needs_hardly_a_room(imported: Imported, command: str, rooms: set[str]) -> None:
    modules = imported(command, "--help")

    assert modules & ROOMS <= rooms
    assert modules & {"aiohttp", "asyncio", "jinja2", "sqlite3", "watchdog", "yaml"} == set()


def test_hash_reads_files_and_nothing_else(imported: Imported) -> None:
    assert imported("hash", "dist/Acme-Notes-1.3.0.zip") == {"hashing"}
    assert imported("hash", "--format", "json", "dist/Acme-Notes-1.3.0.zip") == {"hashing", "json"}


def test_checking_a_file_needs_neither_server_nor_keys_nor_installers(imported: Imported, tmp_path: Path) -> None:
    (tmp_path / "appcast.xml").write_text("<rss/>")

    modules = imported("check", "appcast.xml", "--installed", "1.0", "--client", "sparkle")

    assert modules & ROOMS == {"catalog", "feeds", "simulated_client"}
    assert modules & EVERYTHING == {"ssl"}


def test_linting_a_file_needs_neither_server_nor_keys_nor_installers(imported: Imported, tmp_path: Path) -> None:
    (tmp_path / "appcast.xml").write_text("<rss/>")

    assert imported("lint", "appcast.xml") & ROOMS == {"catalog", "documents", "feeds", "lint", "simulated_client"}


def test_generate_appcast_serves_and_watches_nothing(imported: Imported) -> None:
    modules = imported("generate-appcast")

    assert {"jinja2", "sqlite3", "publishing"} <= modules
    assert modules & {"aiohttp", "asyncio", "rich", "ssl", "watchdog", "webbrowser", "yaml"} == set()
    assert modules & {"demo", "dev_server", "scenarios", "server", "watch"} == set()


def test_a_sidecar_costs_the_reader_of_sidecars(imported: Imported, dist: Path) -> None:
    (dist / "Acme-Notes-1.3.0.zip.yaml").write_text("os: macos\n")

    assert "yaml" in imported("generate-appcast")


def test_serve_into_a_file_needs_no_terminal_library(imported: Imported) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        modules = imported("serve", "--port", str(other.getsockname()[1]))  # which ends at once

    assert {"aiohttp", "watchdog", "server", "watch"} <= modules
    assert modules & {"markdown_it", "multiprocessing", "requests", "rich", "unittest", "yaml"} == set()
