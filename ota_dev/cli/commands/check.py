"""`ota-dev check`: what an update client makes of a feed, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from ota_dev.catalog.targets import Platform
from ota_dev.cli.console import ExitCode, progress, write_result
from ota_dev.cli.options.askers import architecture_of, askers_of, clients_for, keys_of, moment_of
from ota_dev.cli.options.keys import PublicKey
from ota_dev.cli.options.result_format import FormatOption, ResultFormat, json_text
from ota_dev.errors import UsageError
from ota_dev.simulated_client.asking import Asker
from ota_dev.simulated_client.clients import ClientName
from ota_dev.simulated_client.profile import (
    PHASED_GROUPS,
    Profile,
    SecurityMode,
    SkippedMajor,
    System,
)

if TYPE_CHECKING:
    from ota_dev.signing import VerifyingKey
    from ota_dev.simulated_client.answers import ClientAnswer

__all__ = ["check"]


def check(
    feed: Annotated[str, typer.Argument(metavar="FEED", help="A URL, or a file; - is standard input.")],
    installed: Annotated[
        str,
        typer.Option(
            "--installed",
            metavar="VERSION",
            help="The version that the app has, as the client compares it: on a Mac its CFBundleVersion.",
            show_default=False,
        ),
    ],
    client: Annotated[
        ClientName | None,
        typer.Option("--client", help="The update client.", show_default="one that reads such a feed"),
    ] = None,
    all_clients: Annotated[
        bool, typer.Option("--all-clients", help="Ask all clients that read such a feed and run on the system.")
    ] = False,
    system: Annotated[
        str | None,
        typer.Option(
            "--os",
            metavar="OS[-VERSION]",
            help="The operating system, such as macos-14.2 or windows-11; without a version no rule refuses it.",
            show_default="macos for sparkle, windows for winsparkle and netsparkle, this machine's for others",
        ),
    ] = None,
    architecture: Annotated[
        str | None,
        typer.Option("--arch", help="The architecture of the app, such as arm64.", show_default="this machine's"),
    ] = None,
    channels: Annotated[
        list[str] | None,
        typer.Option("--channel", help="A channel that the app asks for; repeatable.", show_default="none"),
    ] = None,
    group: Annotated[
        int, typer.Option("--group", min=0, max=PHASED_GROUPS - 1, help="The group of a phased or a staged rollout.")
    ] = 0,
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="TIME",
            help="The time of the check, such as 2026-03-01T09:00:00+01:00, for phased rollouts.",
            show_default="now",
        ),
    ] = None,
    background: Annotated[
        bool,
        typer.Option(
            "--background",
            help="A scheduled check, in which phased rollouts and skipped versions count, instead of one by hand.",
        ),
    ] = False,
    skipped: Annotated[
        str | None,
        typer.Option("--skipped", metavar="VERSION", help="The version that the user skipped.", show_default="none"),
    ] = None,
    skipped_major: Annotated[
        str | None,
        typer.Option(
            "--skipped-major",
            metavar="VERSION[:SUBRELEASE]",
            help="The major upgrade that the user skipped: its sparkle:minimumAutoupdateVersion, and its version.",
            show_default="none",
        ),
    ] = None,
    public_key: PublicKey = None,
    signed_feed: Annotated[
        bool,
        typer.Option(
            "--require-signed-feed", help="As an app with SURequireSignedFeed, refuse a feed without signature."
        ),
    ] = False,
    security_mode: Annotated[
        SecurityMode, typer.Option("--security-mode", help="The SecurityMode of a NetSparkle app.")
    ] = SecurityMode.IF_POSSIBLE,
    allow_downgrade: Annotated[
        bool,
        typer.Option(
            "--allow-downgrade", help="As an app with that option of electron-updater, Velopack or Tauri, go back, too."
        ),
    ] = False,
    language: Annotated[str, typer.Option("--language", help="The language that the user prefers.")] = "en",
    with_download: Annotated[
        bool,
        typer.Option(
            "--download",
            help="Download what is offered as the client does, and examine its length, signature and content.",
        ),
    ] = False,
    result_format: FormatOption = ResultFormat.TEXT,
) -> None:
    """Act as an update client: is an update offered, and why is each item refused?

    The exit code is 0 when an update is offered, with --all-clients by any of them, and 1 when none is, or when
    --download finds that the client would not install what the feed announces.
    """
    if all_clients and client:
        raise UsageError("--client asks one client and --all-clients asks all: give one of them")
    key, trusted_key = keys_of(public_key)
    profile = Profile(
        installed=installed,
        system=System.parse(system) if system else System(platform=Platform.UNKNOWN),
        now=moment_of(at),
        architecture=architecture_of(architecture),
        channels=frozenset(channels or ()),
        group=group,
        is_scheduled=background,
        skipped=skipped,
        skipped_major=SkippedMajor.parse(skipped_major) if skipped_major else None,
        trusted_key=trusted_key,
        requires_signed_feed=signed_feed,
        security_mode=security_mode,
        languages=(language,),
        allows_downgrades=allow_downgrade,
    )
    clients = clients_for(feed, client, all_clients=all_clients)
    answers = _ask(feed, askers_of(clients, profile))
    if with_download:
        answers = [_with_download(answer, key) for answer in answers]
    _show(answers, result_format, as_matrix=all_clients)
    raise typer.Exit(ExitCode.OK if any(answer.is_good for answer in answers) else ExitCode.FINDINGS)


def _ask(source: str, askers: list[Asker]) -> list[ClientAnswer]:
    from ota_dev.simulated_client.answers import ask
    from ota_dev.simulated_client.json_api import is_json_api
    from ota_dev.simulated_client.receiving import receive

    if is_json_api(source):
        return _ask_json_api(source, askers)
    feeds = receive(source, askers)
    return [ask(client, profile, feed) for (client, profile), feed in zip(askers, feeds, strict=True)]


def _ask_json_api(url: str, askers: list[Asker]) -> list[ClientAnswer]:
    from ota_dev.simulated_client.answers import ClientAnswer
    from ota_dev.simulated_client.json_api import ask_json_api

    answers = [
        ClientAnswer(client=client, profile=profile, decision=ask_json_api(url, client, profile, client.decide_answer))
        for client, profile in askers
        if client.decide_answer
    ]
    if not answers:
        raise UsageError(f"{url} is a JSON API, which only hand-written clients ask: give --client generic")
    return answers


def _with_download(answer: ClientAnswer, key: VerifyingKey | None) -> ClientAnswer:
    from ota_dev.simulated_client.downloading import download

    offer = answer.decision.offered
    if offer is None:
        return answer
    with progress(offer.length or 0, "Downloading") as advance:
        return replace(answer, downloaded=download(offer, answer.client, answer.profile, key, advance))


def _show(answers: list[ClientAnswer], result_format: ResultFormat, *, as_matrix: bool) -> None:
    if result_format is ResultFormat.JSON:
        from ota_dev.simulated_client.answers import described

        records = {answer.client.name: described(answer) for answer in answers}
        write_result(json_text(records if as_matrix else described(answers[0])))
    else:
        from ota_dev.cli.reports.answers import matrix_lines, report_lines

        lines = matrix_lines(answers) if as_matrix else report_lines(answers[0])
        write_result("".join(f"{line}\n" for line in lines))
