"""From a folder on disk to installers found and files skipped, each with a reason."""
