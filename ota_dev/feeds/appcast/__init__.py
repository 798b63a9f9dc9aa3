"""The appcast: the RSS feed that Sparkle, WinSparkle, NetSparkle and hand-written clients read."""
