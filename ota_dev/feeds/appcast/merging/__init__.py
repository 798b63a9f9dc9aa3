"""A feed that exists and a feed that was just generated become one; nothing that a person wrote is lost."""

from ota_dev.feeds.appcast.merging.merge import merge

__all__ = ["merge"]
