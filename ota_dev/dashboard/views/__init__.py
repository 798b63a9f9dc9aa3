"""What each panel shows, as values without HTML. Pure."""
