"""What is on offer, as pure values: versions, targets, artifacts, releases.

Touches no disk, clock or socket, and uses only the standard library.
"""
