"""`ota-dev keys`: make Ed25519 keys, show them, and turn them into the forms that the clients' tools use."""

from pathlib import Path
from typing import Annotated

import typer

from ota_dev.cli.console import say, write_result
from ota_dev.cli.options.keys import NO_KEY, required_private_key
from ota_dev.cli.options.publishing import Key
from ota_dev.errors import UsageError
from ota_dev.signing import (
    KeyFormat,
    PrivateKey,
    PublicKey,
    find_public_key,
    format_public_key,
    personal_test_key,
    read_private_key,
    write_private_key,
    write_public_key,
)

__all__ = ["keys"]

keys = typer.Typer(
    name="keys",
    help="Make, show and convert Ed25519 keys.",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

PrivateKeyFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="The file of the private key.", show_default=False, dir_okay=False)
]
Force = Annotated[bool, typer.Option("--force", help="Replace a file that is there; the key in it is lost.")]
Form = Annotated[
    KeyFormat,
    typer.Option(
        "--format",
        help="sparkle: one line of base64, for Sparkle and WinSparkle; pem: PKCS#8, for openssl; "
        "netsparkle: a pair of files, NAME.priv and NAME.pub.",
    ),
]


@keys.command("new")
def new_key(path: PrivateKeyFile, key_format: Form = KeyFormat.SPARKLE, force: Force = False) -> None:
    """Make a key, and show its public half as each client wants it pasted.

    Only you can read the file. Keep a copy of it: without the key, no update reaches the apps that trust it.
    """
    key = PrivateKey.generate()
    _report(write_private_key(path, key, key_format, replace=force))
    _show(key.public_key)


@keys.command("show")
def show_key(
    name: Key = None,
    test_key: Annotated[bool, typer.Option("--test-key", help="Show your TEST key, and make it if needed.")] = False,
) -> None:
    """Show the public half of a key as each client wants it pasted."""
    if test_key and name is not None:
        raise UsageError("--test-key and --key name two keys: give one of them")
    _show(personal_test_key().public_key if test_key else _public_key(name))


@keys.command("import")
def import_key(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The key to read, in any form; - is standard input.")],
    path: PrivateKeyFile,
    key_format: Form = KeyFormat.SPARKLE,
    force: Force = False,
) -> None:
    """Write a private key that comes from elsewhere into a file that only you can read.

    SOURCE is in any form that clients use, such as the file that Sparkle's generate_keys -x exports.
    """
    key = read_private_key(source)
    _report(write_private_key(path, key, key_format, replace=force))
    _show(key.public_key)


@keys.command("export")
def export_key(
    path: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="The file to write.", show_default="stdout")
    ] = None,
    name: Key = None,
    key_format: Form = KeyFormat.PEM,
    private: Annotated[bool, typer.Option("--private", help="Write the private key, to a file only.")] = False,
    force: Force = False,
) -> None:
    """Write the public half of a key, or with --private all of it, for another tool to read."""
    if private and path is None:
        raise UsageError("--private writes to a file and never to the terminal: name the file")
    if path is None:
        write_result(format_public_key(_public_key(name), key_format).rstrip("\n") + "\n")
    elif private:
        _report(write_private_key(path, required_private_key(name), key_format, replace=force))
    else:
        write_public_key(path, _public_key(name), key_format, replace=force)
        _report([path])


def _public_key(name: str | None) -> PublicKey:
    key = find_public_key(name)
    if key is None:
        raise UsageError(NO_KEY)
    return key


def _show(key: PublicKey) -> None:
    from ota_dev.client_setup import public_key_forms
    from ota_dev.translations import Translations

    say_it = Translations.of("en").text
    forms = public_key_forms(key.base64)
    write_result("\n".join(f"{say_it(form.title)}: {say_it(form.place)}\n{form.snippet.text}\n" for form in forms))


def _report(written: list[Path]) -> None:
    for path in written:
        say(f"wrote {path}")
