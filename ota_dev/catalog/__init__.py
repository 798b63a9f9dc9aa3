"""What is on offer, as pure values: artifacts with their versions, targets, notes and policy, in releases, in apps.

Also what every room must agree on of them: names of files, languages, the texts of minisign, addresses on the web.
Touches no disk, clock or socket, and uses only the standard library. It knows no client, no feed and no server.
"""
