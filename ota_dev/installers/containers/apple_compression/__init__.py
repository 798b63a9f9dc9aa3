"""How Apple compresses disk images, archives and files: each decoder bounded, none native beyond Python's own.

Pure: bytes in, bytes out, at most as many as asked for.
"""
