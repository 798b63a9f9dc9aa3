"""What `serve` says and hears while it runs: its start, a line for each request, what stays in sight, and typed keys.

Serves nothing itself: it is told by the `DevServer`, and tells it what was typed.
"""
