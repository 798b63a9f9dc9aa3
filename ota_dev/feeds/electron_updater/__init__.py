"""The feeds that electron-updater reads: `latest.yml`, `latest-mac.yml` and so on, one for each system and channel."""
