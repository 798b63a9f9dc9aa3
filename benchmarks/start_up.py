"""Start-up: `ota-dev --version` and `ota-dev hash` of a small file, beside a bare Typer program that does the same."""

import sys
from functools import partial
from pathlib import Path

from benchmarks.folders import temporary_folder
from benchmarks.processes import seconds_of
from benchmarks.side_by_side import Verdicts, benchmark, in_turn, paired_ratio, print_table, spread

_BARE = '''
import hashlib
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


def print_version(wanted: bool) -> None:
    if wanted:
        print("bare 0.1.0")
        raise typer.Exit


@app.callback()
def bare(version: Annotated[bool, typer.Option("--version", callback=print_version, is_eager=True)] = False) -> None:
    """A bare program."""


@app.command("hash")
def hash_files(files: list[str]) -> None:
    """Write digests of files."""
    for name in files:
        with open(name, "rb") as file:
            print(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {name}")


app()
'''


def measure(rounds: int, verdicts: Verdicts) -> None:
    """Measure."""
    with temporary_folder() as folder:
        small, program = folder / "small.dmg", folder / "bare.py"
        small.write_bytes(bytes(4096))
        program.write_text(_BARE)
        ota_dev, bare = [str(Path(sys.executable).with_name("ota-dev"))], [sys.executable, str(program)]
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "bare Typer --version": [*bare, "--version"],
            "ota-dev --version": [*ota_dev, "--version"],
            "bare Typer hash": [*bare, "hash", str(small)],
            "ota-dev hash": [*ota_dev, "hash", str(small)],
        }
        seconds = in_turn({name: partial(seconds_of, command) for name, command in commands.items()}, rounds)
    python = seconds["python -c pass"]
    print_table(
        ["command", "ms", "x python -c pass"],
        [
            [name, spread([second * 1000 for second in taken], 1), f"{paired_ratio(taken, python):.1f}"]
            for name, taken in seconds.items()
        ],
    )
    for command in ("--version", "hash"):
        ours = seconds[f"ota-dev {command}"]
        bare_ratio = paired_ratio(ours, seconds[f"bare Typer {command}"])
        verdicts.at_most(1.25, bare_ratio, f"ota-dev {command}, in units of the bare Typer program")
        verdicts.at_most(8, paired_ratio(ours, python), f"ota-dev {command}, in units of python -c pass")


if __name__ == "__main__":
    benchmark(measure, rounds=25)
