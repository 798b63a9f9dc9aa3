"""`ota-dev sign`: Ed25519 signatures of files, ready to paste into a feed."""

import os
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from ota_dev.cli.console import ExitCode, complain, progress, write_result
from ota_dev.cli.options.keys import required_private_key
from ota_dev.cli.options.publishing import Key
from ota_dev.cli.options.result_format import FormatOption, ResultFormat, json_text
from ota_dev.errors import UsageError
from ota_dev.hashing import quote_name, total_size
from ota_dev.signing import PrivateKey, PublicKey, SignedFile, UnsignedFile, sign_files

__all__ = ["sign"]


_Results: TypeAlias = list[SignedFile | UnsignedFile]


def sign(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="The files to sign.", show_default=False)],
    name: Key = None,
    only_signature: Annotated[
        bool, typer.Option("--print-only-signature", "-p", help="Write only the signature, in base64.")
    ] = False,
    result_format: FormatOption = ResultFormat.TEXT,
) -> None:
    """Sign files with an Ed25519 key, and write the attributes for a feed.

    Several files give lines that end in the file's name.
    A file that cannot be read is named, the others are signed all the same, and the exit code is 3.
    """
    if only_signature and result_format is ResultFormat.JSON:
        raise UsageError("-p and --format json are two forms of the result: give one of them")
    key = required_private_key(name)
    results = _sign(files, key)
    if result_format is ResultFormat.JSON:
        text = _as_json(results, key.public_key)
    else:
        text = _as_lines(results, only_signature=only_signature)
    write_result(os.fsencode(text))  # names go out in the bytes in which they came in
    raise typer.Exit(_complain_of_unsigned(results))


def _sign(files: list[Path], key: PrivateKey) -> _Results:
    results: _Results = []
    with progress(total_size(map(str, files)), "Signing") as advance:
        for result in sign_files(files, key):
            results.append(result)
            advance(result.size if isinstance(result, SignedFile) else 0)
    return results


def _as_lines(results: _Results, *, only_signature: bool) -> str:
    return "".join(
        _attributes(result, only_signature=only_signature)
        + (f"  {quote_name(str(result.path))}\n" if len(results) > 1 else "\n")
        for result in results
        if isinstance(result, SignedFile)
    )


def _attributes(signed: SignedFile, *, only_signature: bool) -> str:
    return signed.signature if only_signature else f'sparkle:edSignature="{signed.signature}" length="{signed.size}"'


def _as_json(results: _Results, public_key: PublicKey) -> str:
    return json_text([_json_entry(result, public_key) for result in results])


def _json_entry(result: SignedFile | UnsignedFile, public_key: PublicKey) -> dict[str, object]:
    if not isinstance(result, SignedFile):
        return {"file": str(result.path), "error": str(result.error)}
    return {
        "file": str(result.path),
        "size": result.size,
        "signature": result.signature,
        "public_key": public_key.base64,
    }


def _complain_of_unsigned(results: _Results) -> ExitCode:
    unsigned = [result for result in results if isinstance(result, UnsignedFile)]
    for result in unsigned:
        complain(str(result.error))
    return ExitCode.FAILED if unsigned else ExitCode.OK
