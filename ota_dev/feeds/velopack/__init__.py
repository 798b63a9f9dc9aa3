"""The feed that Velopack reads: `releases.win.json` and so on, one for each channel."""
