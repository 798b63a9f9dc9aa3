"""`pyinstaller` as a reader of the tutorial runs it: in its place, a script that runs the app where it lies.

With `OTA_DEV_REAL_PYINSTALLER` it is the real one, which takes much longer.
"""

import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path

APP = """#!{python}
import runpy, sys
sys.executable = sys.argv[0]
runpy.run_path({source!r}, run_name="__main__")
"""


def main(arguments: list[str]) -> int:
    if "OTA_DEV_REAL_PYINSTALLER" in os.environ:
        return subprocess.run([sys.executable, "-m", "PyInstaller", *arguments], check=False).returncode
    parser = ArgumentParser()
    parser.add_argument("--onefile", action="store_true", required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--add-data", required=True)
    parser.add_argument("source", type=Path)
    said = parser.parse_args(arguments)
    app = Path("dist", said.name)
    app.parent.mkdir(exist_ok=True)
    app.write_text(APP.format(python=sys.executable, source=str(said.source.resolve())), "utf-8")
    app.chmod(0o755)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
