"""The rooms of the package in the order of their layers, each with what its docstring says. Reads `pyproject.toml` and
the package.
"""

import ast
import tomllib
from collections.abc import Iterator
from importlib.resources import files

from docs.making.pages import ROOT
from docs.making.reference.markdown import code, plain, table

__all__ = ["differences_of_systems", "rooms"]

_CONTRACT = "Imports only go down"


def rooms() -> str:
    """Write the table of rooms, the highest first."""
    return table(["room", "what it is for"], ([code(room), plain(_purpose(room))] for room in _in_layers()))


def differences_of_systems() -> str:
    """Write the table of the modules that know how operating systems differ."""
    modules = sorted(each.name for each in files("ota_dev.operating_system").iterdir() if each.name[0].islower())
    return table(
        ["module", "what it is for"],
        (
            [code(name.removesuffix(".py")), plain(_purpose(f"operating_system/{name.removesuffix('.py')}"))]
            for name in modules
        ),
    )


def _in_layers() -> Iterator[str]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    [layers] = (contract["layers"] for contract in contracts if contract["name"] == _CONTRACT)
    return (room for layer in layers for room in layer.split(" | "))


def _purpose(room: str) -> str:
    module, folder = files("ota_dev") / f"{room}.py", files("ota_dev") / room / "__init__.py"
    source = (module if module.is_file() else folder).read_text("utf-8")
    docstring = ast.get_docstring(ast.parse(source)) or ""
    return docstring.split("\n\n")[0].rstrip(":")
