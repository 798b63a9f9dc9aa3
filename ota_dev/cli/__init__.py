"""The command line."""


def main() -> None:
    """Run `ota-dev`."""
