"""How scenarios bend a catalog: functions from what is on offer to what the feed says instead. Pure."""
