"""What Squirrel.Mac reads, Electron's `autoUpdater` on macOS: JSON, static or asked with a version."""
