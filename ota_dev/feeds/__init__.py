"""A catalog rendered in one client's format: one room per format. Touches no disk, clock or socket."""
