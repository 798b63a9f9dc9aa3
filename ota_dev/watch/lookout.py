"""Keeps one folder under observation: there, gone or back again, and whatever the system refuses."""

import errno
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from stat import S_ISDIR

from ota_dev.watch.changes import Hearing, Tell
from ota_dev.watch.observing import Observation

__all__ = ["Lookout"]


class Lookout:
    """The observation of a folder that may come, go and come back.

    A system that refuses to report changes is not asked again: from then on the folder is polled, and *note* is told.
    """

    def __init__(
        self,
        folder: Path,
        tell: Tell,
        note: Callable[[str], None],
        *,
        recursive: bool,
        poll: bool,
        poll_every: timedelta,
    ) -> None:
        self._folder, self._tell, self._note = folder, tell, note
        self._recursive, self._poll, self._poll_every = recursive, poll, poll_every
        self._observation: Observation | None = None
        self._identity: tuple[int, int] | None = None

    @property
    def hearing(self) -> Hearing | None:
        """Give what can be told at the moment, `None` while there is no folder."""
        return self._observation.hearing if self._observation else None

    def keep(self) -> bool:
        """Observe the folder that is there now; say whether that is a change, after which anything may differ."""
        identity = _identify(self._folder)
        is_lost = self._observation is not None and not (self._observation.is_alive and identity == self._identity)
        if is_lost:
            self.end()
        if self._observation is None and identity is not None:
            self._observation, self._identity = self._observe(), identity
            return is_lost or self._observation is not None
        return is_lost

    def end(self) -> None:
        """Stop observing."""
        if self._observation:
            self._observation.stop()
            self._observation = None

    def _observe(self) -> Observation | None:
        poll_every = self._poll_every if self._poll else None
        try:
            return Observation(self._folder, self._tell, recursive=self._recursive, poll_every=poll_every)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, RuntimeError, SystemError) as error:
            if self._poll:
                return None
            self._poll = True
            self._note(self._why_polling(error))
        return self._observe()

    def _why_polling(self, error: Exception) -> str:
        reason = f"the system cannot report its changes: {error}"
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EMFILE):
            reason += "; raise fs.inotify.max_user_watches or fs.inotify.max_user_instances"
        return f"{self._folder} is looked through every {self._poll_every.total_seconds():g} s, because {reason}"


def _identify(folder: Path) -> tuple[int, int] | None:
    """Tell one folder from another that took its place; `None` when there is none."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if S_ISDIR(status.st_mode) else None
