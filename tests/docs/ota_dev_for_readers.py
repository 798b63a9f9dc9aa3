"""`ota-dev` as a reader of the documentation runs it: findings are no failure, and a server is stopped some time."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ota_dev.cli.console import ExitCode

LIMIT = 10  # seconds; far more than anything here takes


def run(arguments: list[str]) -> int:
    command = [sys.executable, "-m", "ota_dev", *arguments]
    is_server = arguments[:1] == ["serve"]
    code = serve_until_it_listens(command) if is_server else subprocess.run(command, check=False).returncode
    return ExitCode.OK if code == ExitCode.FINDINGS else code


def serve_until_it_listens(command: list[str]) -> int:
    """Serve on a free port, whatever port is said, and stop once it is told; gives the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        port_file = Path(folder) / "port"
        process = subprocess.Popen([*command, "--port", "0", "--port-file", str(port_file)])
        deadline = time.monotonic() + LIMIT
        while process.poll() is None and not port_file.exists() and time.monotonic() < deadline:
            time.sleep(0.02)  # Another process has no other way to tell.
        process.terminate()
        return process.wait(LIMIT)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
