"""`ota-dev lint`: what is wrong with feeds, by code, with the correction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ota_dev.cli.console import ExitCode, complain, write_result
from ota_dev.cli.options.keys import PublicKey
from ota_dev.cli.options.result_format import FormatOption, ResultFormat, json_text
from ota_dev.errors import OtaDevError, UsageError

if TYPE_CHECKING:
    from ota_dev.lint import Report
    from ota_dev.signing import VerifyingKey

__all__ = ["lint"]


def lint(
    feeds: Annotated[
        list[str], typer.Argument(metavar="FEED...", help="URLs or files; - is standard input.", show_default=False)
    ],
    with_fetch: Annotated[
        bool, typer.Option("--fetch", help="Also ask for every file that a feed names, and judge the answers.")
    ] = False,
    public_key: PublicKey = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 for warnings, too.")] = False,
    ignored: Annotated[
        list[str] | None,
        typer.Option(
            "--ignore", metavar="CODE", help="Leave out what this rule finds; repeatable.", show_default="none"
        ),
    ] = None,
    result_format: FormatOption = ResultFormat.TEXT,
) -> None:
    """Say what is wrong with feeds, by code, with the correction.

    The exit code is 1 when there are errors; warnings and notes are shown, and do not count without --strict.
    """
    from ota_dev.cli.reports.findings import records, report_lines
    from ota_dev.lint.rules import check_codes

    if public_key and not with_fetch:
        raise UsageError("--public-key verifies what is downloaded: give --fetch, too")
    check_codes(ignored or ())
    key = _key(public_key) if public_key else None
    reports, is_complete = _lint_all(feeds, ignored or (), key, with_fetch=with_fetch)
    if result_format is ResultFormat.JSON:
        write_result(json_text(records(reports)))
    else:
        write_result("".join(f"{line}\n" for report in reports for line in report_lines(report)))
    if not is_complete:
        raise typer.Exit(ExitCode.FAILED)
    if any(report.is_refused(strict=strict) for report in reports):
        raise typer.Exit(ExitCode.FINDINGS)


def _lint_all(
    feeds: list[str], ignored: list[str] | tuple[()], key: VerifyingKey | None, *, with_fetch: bool
) -> tuple[list[Report], bool]:
    """Lint all feeds that can be had; one that cannot be had keeps nobody from learning of the others."""
    reports, is_complete = [], True
    for feed in feeds:
        try:
            reports.append(_lint_one(feed, ignored, key, with_fetch=with_fetch))
        except OtaDevError as error:
            complain(str(error))
            is_complete = False
    return reports, is_complete


def _lint_one(source: str, ignored: list[str] | tuple[()], key: VerifyingKey | None, *, with_fetch: bool) -> Report:
    from ota_dev.lint import lint_content
    from ota_dev.simulated_client.fetching import is_address
    from ota_dev.simulated_client.receiving import read_local

    if with_fetch or is_address(source):
        from ota_dev.lint.fetching import lint_with_answers

        return lint_with_answers(source, ignored, key, with_links=with_fetch)
    return lint_content(*read_local(source), ignored)


def _key(text: str) -> VerifyingKey:
    from ota_dev.signing import read_verifying_key

    return read_verifying_key(text.strip())
