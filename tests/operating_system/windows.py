"""Windows' way of opening files, played by a stand-in."""

import ctypes

__all__ = ["INVALID_HANDLE", "FakeKernel32"]

INVALID_HANDLE = ctypes.c_void_p(-1).value


class FakeKernel32:
    """Opens a file as Windows does, with one outcome."""

    def __init__(self, handle: int | None) -> None:
        self.handle = handle
        self.opened: list[tuple[str, tuple[int | None, ...]]] = []
        self.closed: list[int] = []

    def CreateFileW(self, path: str, /, *arguments: int | None) -> int | None:  # noqa: N802 # the name is Windows'
        self.opened.append((path, arguments))
        return self.handle

    def CloseHandle(self, handle: int, /) -> int:  # noqa: N802 # the name is Windows'
        self.closed.append(handle)
        return 1
