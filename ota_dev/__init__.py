"""A mock update server for desktop apps."""

__version__ = "0.1.0"
