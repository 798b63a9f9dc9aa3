"""Scenarios and faults: what the feed says, and how bytes travel or differ, as values. Performs nothing."""
