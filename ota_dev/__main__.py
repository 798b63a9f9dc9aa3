"""Run `ota-dev` as `python -m ota_dev`."""

from ota_dev.cli import main

if __name__ == "__main__":
    main()
