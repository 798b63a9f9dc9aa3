"""The feeds that Tauri 2's updater reads: a static document for all targets, and an answer for one of them."""
