"""Signatures that a build leaves beside its installers."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.catalog.minisign import LONGEST
from ota_dev.scan.interface import Scan
from ota_dev.scan.scanner import Scanner

Put = Callable[..., Path]
MakeScanner = Callable[..., Scanner]


def signatures(scan: Scan) -> dict[str, str | None]:
    return {found.artifact.download_name: found.artifact.minisign_signature for found in scan.installers}


def test_a_signature_beside_an_installer_is_its_own_and_no_installer(put: Put, scanner: MakeScanner) -> None:
    put("Acme-1.0.exe")
    put("Acme-2.0.exe")
    put("Acme-2.0.exe.sig", "c2ln\n")

    scan = scanner().scan()

    assert signatures(scan) == {"Acme-1.0.exe": None, "Acme-2.0.exe": "c2ln"}
    assert scan.skipped == ()


@pytest.mark.parametrize(("before", "after"), [(None, "bmV3"), ("b2xk", "bmV3"), ("b2xk", None)])
def test_a_signature_that_changes_counts_at_once_and_nothing_is_read_again(
    put: Put, scanner: MakeScanner, reads: list[str], before: str | None, after: str | None
) -> None:
    path = put("Acme-1.0.exe.sig", before or "")
    put("Acme-1.0.exe")
    if before is None:
        path.unlink()
    again = scanner()
    again.scan()

    if after is None:
        path.unlink()
    else:
        put("Acme-1.0.exe.sig", after)

    assert signatures(again.scan(frozenset({path}))) == {"Acme-1.0.exe": after}
    assert reads == ["Acme-1.0.exe"]


def test_a_signature_that_came_with_its_installer_counts_before_it_is_told_of(put: Put, scanner: MakeScanner) -> None:
    again = scanner()
    again.scan()
    put("Acme-1.0.exe.sig", "c2ln")

    assert signatures(again.scan(frozenset({put("Acme-1.0.exe")}))) == {"Acme-1.0.exe": "c2ln"}


@pytest.mark.parametrize(
    ("name", "wakes"),
    [("Acme-1.0.exe.sig", True), ("Acme.app.tar.gz.sig", True), ("notes.txt.sig", False), (".Acme.exe.sig", False)],
)
def test_only_the_signature_of_an_installer_wakes_the_watcher(
    scanner: MakeScanner, dist: Path, name: str, wakes: bool
) -> None:
    assert scanner().concerns(dist / name) is wakes


def test_what_is_far_too_long_is_not_read_to_its_end(put: Put, scanner: MakeScanner) -> None:
    put("Acme-1.0.exe")
    put("Acme-1.0.exe.sig", "A" * 10 * LONGEST)

    (text,) = signatures(scanner().scan()).values()

    assert text
    assert LONGEST < len(text) < 3 * LONGEST


def test_a_signature_of_another_tool_is_left_to_who_needs_one(put: Put, scanner: MakeScanner) -> None:
    put("Acme-1.0.exe")
    put("Acme-1.0.exe.sig", b"\x88\x75\xff binary")

    scan = scanner().scan()

    assert len(signatures(scan)) == 1
    assert scan.notices == ()


def test_a_link_that_leads_nowhere_is_no_signature(put: Put, scanner: MakeScanner, dist: Path) -> None:
    put("Acme-1.0.exe")
    (dist / "Acme-1.0.exe.sig").symlink_to("nowhere")

    assert signatures(scanner().scan()) == {"Acme-1.0.exe": None}


def test_a_pipe_is_no_signature_and_not_waited_for(put: Put, scanner: MakeScanner, dist: Path) -> None:
    put("Acme-1.0.exe")
    os.mkfifo(dist / "Acme-1.0.exe.sig")

    assert signatures(scanner().scan()) == {"Acme-1.0.exe": None}
