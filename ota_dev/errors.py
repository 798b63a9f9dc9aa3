"""The errors that ota-dev raises, one family per stage.

    OtaDevError
    ├── UsageError            an argument or an option that cannot be used
    ├── ConfigurationError    a configuration, a sidecar or a template that cannot be used: file, line and key
    ├── InstallerError        what is inside an installer could not be read
    │   └── IncompleteInstallerError   it is visibly cut short
    ├── HashingError          a file could not be read to its end, or changed meanwhile
    ├── SigningError          a file could not be signed or verified
    │   └── UnusableKeyError  a key is not of the kind that is needed, or no key at all
    ├── FeedError             an existing feed could not be read or edited
    │   └── MalformedFeedError     it is no well-formed XML, or beyond the bounds; it says where
    ├── RefusedFeedError      a feed was made that is not to be written, since it has errors
    ├── FetchingError         a server did not give what an update client asked for
    ├── PublishingError       there is nothing to publish, or it could not be written
    ├── ServerError           the server could not start
    ├── NotSeenError          no client asked for what was waited for, in time
    └── ControlError          a running server could not be told anything
        ├── NoServerError         none is there
        └── RefusedTokenError     it is not the server that the token is of

A message says what is wrong, where, and what to do about it, in one sentence.
"""

__all__ = [
    "ConfigurationError",
    "ControlError",
    "FeedError",
    "FetchingError",
    "HashingError",
    "IncompleteInstallerError",
    "InstallerError",
    "MalformedFeedError",
    "NoServerError",
    "NotSeenError",
    "OtaDevError",
    "PublishingError",
    "RefusedFeedError",
    "RefusedTokenError",
    "ServerError",
    "SigningError",
    "UnusableKeyError",
    "UsageError",
]


class OtaDevError(Exception):
    """Any failure that ota-dev explains instead of showing a traceback."""

    @property
    def sentence(self) -> str:
        """Give the message with the full stop that it lacks; one that ends in a question has its mark."""
        message = str(self)
        return message if message.endswith("?") else f"{message}."


class UsageError(OtaDevError):
    """An argument or an option cannot be used."""


class ConfigurationError(OtaDevError):
    """A file that steers ota-dev cannot be used, for one reason or several."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems  # one sentence each


class InstallerError(OtaDevError):
    """What is inside an installer could not be read."""


class IncompleteInstallerError(InstallerError):
    """An installer is visibly cut short, so it must not be offered."""


class HashingError(OtaDevError):
    """A file could not be read to its end, or changed meanwhile."""


class SigningError(OtaDevError):
    """A file could not be signed or verified."""


class UnusableKeyError(SigningError):
    """A key is not of the kind that is needed, or no key at all; the message never holds a part of it."""


class FeedError(OtaDevError):
    """An existing feed could not be read or edited."""


class MalformedFeedError(FeedError):
    """A feed is no well-formed XML, is not in its encoding, or is beyond the bounds."""

    def __init__(self, name: str, reason: str, *, line: int | None = None, column: int | None = None) -> None:
        places = (f"line {line}" if line else "", f"column {column}" if column else "")
        super().__init__(f"{', '.join(filter(None, (name, *places)))}: {reason}")
        self.reason = reason
        self.line, self.column = line, column  # from 1, where they are known


class RefusedFeedError(OtaDevError):
    """A feed was made, and clients would stumble over it: a finding, and no failure of ota-dev."""


class FetchingError(OtaDevError):
    """A server did not give what an update client asked for."""


class PublishingError(OtaDevError):
    """There is nothing to publish, or the result could not be written."""


class ServerError(OtaDevError):
    """The server could not start."""


class NotSeenError(OtaDevError, TimeoutError):
    """No client asked in time for what was waited for."""


class ControlError(OtaDevError):
    """A running server could not be told anything, or gave no answer that can be read."""


class NoServerError(ControlError):
    """No server of ota-dev answers there."""


class RefusedTokenError(ControlError):
    """The server does not take the token, which is of another run or of another server."""
