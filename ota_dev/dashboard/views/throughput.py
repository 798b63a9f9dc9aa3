"""The throughput of one transfer over time, as a line to draw. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ota_dev.journal import Sample

__all__ = ["HEIGHT", "WIDTH", "Plot", "plot_of"]

WIDTH, HEIGHT = 600, 120  # of the picture, in its own units
_FEWEST = 3  # samples: fewer show no course
_FINEST = 90  # steps in the whole time: what is told closer together is one step, since its rate would be chance


@dataclass(frozen=True, kw_only=True, slots=True)
class Plot:
    """How fast bytes went, as steps from left to right; the highest touches the top."""

    line: str  # the points of a polyline
    area: str  # the points of the polygon below it
    top_rate: float  # bytes per second
    mean_rate: float
    seconds: float


def plot_of(samples: Sequence[Sample]) -> Plot | None:
    """Draw *samples*; `None` where there are too few, or nothing went."""
    steps = list(_steps(samples))
    if len(samples) < _FEWEST or not steps or not samples[-1].sent:
        return None
    seconds = samples[-1].seconds
    rates = [(after.sent - before.sent) / (after.seconds - before.seconds) for before, after in steps]
    top = max(rates)
    points = [
        f"{_tenths(at.seconds / seconds * WIDTH)},{_tenths(HEIGHT - rate / top * HEIGHT)}"
        for rate, ends in zip(rates, steps, strict=True)
        for at in ends
    ]
    line = " ".join(points)
    return Plot(
        line=line,
        area=f"0,{HEIGHT} {line} {WIDTH},{HEIGHT}",
        top_rate=top,
        mean_rate=samples[-1].sent / seconds,
        seconds=seconds,
    )


def _steps(samples: Sequence[Sample]) -> Iterator[tuple[Sample, Sample]]:
    if not samples or samples[-1].seconds <= 0:
        return
    finest = samples[-1].seconds / _FINEST
    kept = [samples[0]]
    for sample in samples[1:-1]:
        if sample.seconds - kept[-1].seconds >= finest:
            kept.append(sample)
    if len(kept) > 1 and samples[-1].seconds - kept[-1].seconds < finest:
        kept.pop()
    yield from pairwise([*kept, samples[-1]])


def _tenths(value: float) -> str:
    return f"{round(value, 1):g}"
