"""What is inside an installer: one file per format, one interface.

Reads installers and nothing else; never writes, unpacks to disk or runs anything. No format knows another.
"""
