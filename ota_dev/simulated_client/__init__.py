"""Update clients as they really behave: each reads a feed with its own eyes, decides, and says why.

Each stands in a folder of its own and names the source of its rules. None of them knows another, the scanner or a
writer of feeds: they must be able to catch the mistakes of those. What they decide is pure; only `fetching` uses the
network.
"""
