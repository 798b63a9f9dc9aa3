"""The feed that Squirrel.Windows and old clients of Velopack read: `RELEASES`."""
