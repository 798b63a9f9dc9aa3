"""`ota-dev hash`: digests of files, written and checked as `sha256sum` does it."""

import os
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Annotated, TypeAlias, TypeVar

import typer

from ota_dev.cli.console import ExitCode, complain, progress, write_result
from ota_dev.cli.options.result_format import FormatOption, ResultFormat, json_text
from ota_dev.errors import HashingError, UsageError
from ota_dev.hashing import (
    Algorithm,
    Checksum,
    HashedFile,
    UnhashedFile,
    digest_sources,
    format_checksum,
    format_digest,
    parse_checksums,
    quote_name,
    read_checksum_text,
    total_size,
)

__all__ = ["hash_files"]


class _Verdict(StrEnum):
    """The words of `sha256sum -c`."""

    OK = "OK"
    FAILED = "FAILED"
    UNREAD = "FAILED open or read"


_Results: TypeAlias = list[tuple[str, HashedFile | UnhashedFile]]  # each beside the name that the user gave
_Value = TypeVar("_Value")


def hash_files(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE...", help="The files to read; - is standard input.", show_default=False),
    ] = None,
    algorithms: Annotated[
        list[Algorithm] | None,
        typer.Option(
            "--algorithm",
            "-a",
            case_sensitive=False,
            help="The algorithm, sha256 if none is named; give the option again for more. With --check: that of lines "
            "that do not name theirs, instead of judging by their length.",
            show_default=False,
        ),
    ] = None,
    base64: Annotated[bool, typer.Option("--base64", help="Write digests in base64 instead of hex.")] = False,
    result_format: FormatOption = ResultFormat.TEXT,
    sumfile: Annotated[
        str | None,
        typer.Option(
            "--check",
            metavar="SUMFILE",
            help="Compare the files that SUMFILE lists with their digests there; - is standard input.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write digests of files, in the format that sha256sum -c reads.

    Several algorithms give tagged lines, such as SHA256 (NAME) = DIGEST, and cost one reading.
    A file that cannot be read is named, the others are hashed all the same, and the exit code is 3.
    With --check, the exit code is 1 when a digest differs.
    """
    if sumfile is not None:
        if files or base64 or result_format != ResultFormat.TEXT or len(algorithms or ()) > 1:
            raise UsageError("--check reads what to do from SUMFILE: give no files, and of the options only one -a")
        raise typer.Exit(_check(sumfile, algorithms[0] if algorithms else None))
    if not files:
        raise UsageError("there is nothing to hash: name files, or - for standard input")
    results = _digest(files, _unique(algorithms or [Algorithm.SHA256]))
    write = _as_json if result_format == ResultFormat.JSON else _as_lines
    write_result(os.fsencode(write(results, base64=base64)))  # names go out in the bytes in which they came in
    raise typer.Exit(_complain_of_unread(results))


def _digest(names: Sequence[str], algorithms: Sequence[Algorithm]) -> _Results:
    with progress(total_size(names), "Hashing") as advance:
        return list(digest_sources(names, algorithms, advance))


def _as_lines(results: _Results, *, base64: bool) -> str:
    return "".join(
        f"{format_checksum(checksum, tagged=len(result.digests) > 1, base64=base64)}\n"
        for name, result in results
        if isinstance(result, HashedFile)
        for checksum in _checksums(name, result)
    )


def _checksums(name: str, result: HashedFile) -> Iterator[Checksum]:
    for algorithm, digest in result.digests.items():
        yield Checksum(name=name, algorithm=Algorithm(algorithm), digest=digest)


def _as_json(results: _Results, *, base64: bool) -> str:
    return json_text([_json_entry(name, result, base64=base64) for name, result in results])


def _json_entry(name: str, result: HashedFile | UnhashedFile, *, base64: bool) -> dict[str, object]:
    if isinstance(result, UnhashedFile):
        return {"file": name, "error": str(result.error)}
    digests = {algorithm: format_digest(digest, base64=base64) for algorithm, digest in result.digests.items()}
    return {"file": name, "size": result.size, "digests": digests}


def _complain_of_unread(results: _Results) -> ExitCode:
    unread = [result for _, result in results if isinstance(result, UnhashedFile)]
    for result in unread:
        complain(str(result.error))
    return ExitCode.FAILED if unread else ExitCode.OK


def _check(sumfile: str, algorithm: Algorithm | None) -> ExitCode:
    checksums, is_complete = _read_checksums(sumfile, algorithm)
    results = _digest(_unique(c.name for c in checksums), _unique(c.algorithm for c in checksums))
    result_of = dict(results)
    verdicts = [(checksum.name, _judge(checksum, result_of[checksum.name])) for checksum in checksums]
    write_result(os.fsencode("".join(f"{quote_name(name)}: {verdict}\n" for name, verdict in verdicts)))
    code = _complain_of_unread(results)
    is_equal = all(verdict != _Verdict.FAILED for _, verdict in verdicts)
    return code if is_equal and is_complete else ExitCode.FINDINGS


def _judge(checksum: Checksum, result: HashedFile | UnhashedFile) -> _Verdict:
    if isinstance(result, UnhashedFile):
        return _Verdict.UNREAD
    return _Verdict.OK if result.digests[checksum.algorithm] == checksum.digest else _Verdict.FAILED


def _read_checksums(sumfile: str, algorithm: Algorithm | None) -> tuple[list[Checksum], bool]:
    """Read a checksum file, and say whether each of its lines is a checksum."""
    lines = list(parse_checksums(read_checksum_text(sumfile), algorithm))
    others = [number for number, checksum in lines if checksum is None]
    checksums = [checksum for _, checksum in lines if checksum is not None]
    if not checksums:
        raise HashingError(f"{sumfile} holds no checksums: it needs lines such as sha256sum writes")
    if others:
        complain(f"{sumfile}: {len(others)} of its lines are no checksums, the first is line {others[0]}")
    return checksums, not others


def _unique(values: Iterable[_Value]) -> list[_Value]:
    return list(dict.fromkeys(values))
