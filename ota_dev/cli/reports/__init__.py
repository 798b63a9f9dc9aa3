"""What commands show of values of the core, as lines for people and, where asked for, as values for JSON. Pure.

Whatever comes from a file, a feed or a client is escaped here.
"""
