"""One module for each command: its options, the one thing of the core that it calls, and what it writes.

What several commands share, and the work that a command does over and over, is in the rooms beside this one.
"""
