"""How fast ota-dev is beside what one would use instead; each script runs as `python -m benchmarks.downloads`."""
