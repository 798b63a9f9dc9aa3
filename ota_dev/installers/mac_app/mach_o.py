"""The processor architectures of a Mac executable, read from the header of its Mach-O file; pure."""

import struct

from ota_dev.catalog.targets import Architecture

__all__ = ["HEADER_SIZE", "architectures", "is_mach_o"]

HEADER_SIZE = 4096  # bytes; enough for the most slices that a fat header may have

# Apple's mach-o/loader.h: 32 and 64 bit, each as a processor of either byte order writes it.
_THIN_MAGICS = {
    b"\xfe\xed\xfa\xce": ">",
    b"\xfe\xed\xfa\xcf": ">",
    b"\xce\xfa\xed\xfe": "<",
    b"\xcf\xfa\xed\xfe": "<",
}

# Apple's mach-o/fat.h: byte order, and the size of one slice's entry, which begins with its processor.
_FAT_MAGICS = {
    b"\xca\xfe\xba\xbe": (">", 20),
    b"\xca\xfe\xba\xbf": (">", 32),
    b"\xbe\xba\xfe\xca": ("<", 20),
    b"\xbf\xba\xfe\xca": ("<", 32),
}

# A Java class begins with the same magic, and its version, 45 or more, stands where a fat file counts its slices.
_MAX_SLICES = 44

# Apple's mach/machine.h; PowerPC and the watch are no targets of a feed.
_PROCESSORS = {
    0x00000007: Architecture.X86,
    0x01000007: Architecture.X86_64,
    0x0000000C: Architecture.ARM,
    0x0100000C: Architecture.ARM64,
}


def architectures(header: bytes) -> tuple[Architecture, ...]:
    """Give the known architectures in the first `HEADER_SIZE` bytes of a file, in its order.

    Anything that is not a Mach-O file, such as a script, has none.
    """
    found = (_PROCESSORS.get(processor) for processor in _processors(header))
    return tuple(dict.fromkeys(architecture for architecture in found if architecture))


def is_mach_o(start: bytes) -> bool:
    """Tell by its first four bytes whether a file may be a Mach-O file."""
    return start in _THIN_MAGICS or start in _FAT_MAGICS


def _processors(header: bytes) -> list[int]:
    magic = header[:4]
    if magic in _THIN_MAGICS and len(header) >= 8:
        return list(struct.unpack_from(_THIN_MAGICS[magic] + "I", header, 4))
    if magic in _FAT_MAGICS and len(header) >= 8:
        order, entry_size = _FAT_MAGICS[magic]
        (count,) = struct.unpack_from(order + "I", header, 4)
        if count <= _MAX_SLICES:
            starts = range(8, min(8 + count * entry_size, len(header) - 3), entry_size)
            return [struct.unpack_from(order + "I", header, start)[0] for start in starts]
    return []
