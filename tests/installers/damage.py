"""Damaged copies of a file: the extreme numbers, noise, holes and cuts that broken disks and attackers leave."""

import random

EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF)
EDGE = 4096  # bytes at either end, where headers and directories are


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """Damage a copy in up to eight places, and cut one in ten."""
    copy = bytearray(whole)
    for _ in range(chance.choice((1, 1, 2, 8))):
        _damage(copy, _place(len(copy), chance), chance)
    if chance.random() < 0.1:
        del copy[chance.randrange(len(copy)) :]
    return bytes(copy)


def _place(size: int, chance: random.Random) -> int:
    edge = chance.randrange(min(EDGE, size))
    return chance.choice((edge, edge, size - 1 - edge, chance.randrange(size)))


def _damage(copy: bytearray, place: int, chance: random.Random) -> None:
    size = chance.choice((1, 2, 4, 8))
    match chance.choice(("extreme", "extreme", "noise", "flip", "repeat", "remove")):
        case "extreme":
            number = chance.choice(EXTREMES) % (1 << 8 * size)
            copy[place : place + size] = number.to_bytes(size, chance.choice(("little", "big")))
        case "noise":
            copy[place : place + size] = chance.randbytes(size)
        case "flip":
            copy[place] ^= 1 << chance.randrange(8)
        case "repeat":
            copy[place:place] = copy[place : place + 64 * size]
        case "remove" if len(copy) > 64 * size:
            del copy[place : place + 64 * size]
