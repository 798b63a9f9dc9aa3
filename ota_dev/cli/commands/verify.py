"""`ota-dev verify`: whether a file's signature is good, else which part is wrong."""

from pathlib import Path
from typing import Annotated

import typer

from ota_dev.cli.console import ExitCode, write_result
from ota_dev.cli.options.keys import RequiredPublicKey
from ota_dev.errors import UnusableKeyError
from ota_dev.hashing import quote_name
from ota_dev.signing import Part, Verdict, read_verifying_key, verify_file

__all__ = ["verify"]


def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file that was signed.", show_default=False)],
    signature: Annotated[
        str,
        typer.Option("--signature", help="The signature in base64, as in sparkle:edSignature.", show_default=False),
    ],
    public_key: RequiredPublicKey,
    length: Annotated[
        int | None,
        typer.Option("--length", min=0, help="The length in bytes that the feed gives.", show_default=False),
    ] = None,
) -> None:
    """Verify the signature of a file with the public key.

    The exit code is 1 when the signature is not good, and the result says which part is wrong: the key, the
    signature's form, the length, or the bytes. Legacy DSA signatures are verified with a DSA public key.
    """
    try:
        verdict = verify_file(file, signature.strip(), read_verifying_key(public_key.strip()), length)
    except UnusableKeyError as error:
        verdict = Verdict(wrong=Part.KEY, reason=f"is not usable: {error}")
    write_result(f"{quote_name(str(file))}: {verdict}\n")
    raise typer.Exit(ExitCode.OK if verdict.is_good else ExitCode.FINDINGS)
