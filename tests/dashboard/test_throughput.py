"""The throughput of a transfer as a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.dashboard.views.throughput import HEIGHT, WIDTH, plot_of
from ota_dev.journal import Sample


def test_the_highest_rate_touches_the_top_and_a_stall_lies_on_the_ground() -> None:
    plot = plot_of((Sample(0.0, 0), Sample(1.0, 100), Sample(2.0, 100), Sample(4.0, 200)))

    assert plot is not None
    assert plot.line == "0,0 150,0 150,120 300,120 300,60 600,60"
    assert (plot.top_rate, plot.mean_rate, plot.seconds) == (100.0, 50.0, 4.0)


def test_two_samples_at_almost_the_same_time_make_no_peak() -> None:
    plot = plot_of((Sample(0.0, 0), Sample(5.0, 50), Sample(9.9999, 99), Sample(10.0, 200)))

    assert plot is not None
    assert plot.top_rate == pytest.approx(30.0)


FEW = {
    "none": (),
    "one": (Sample(0.0, 0),),
    "two": (Sample(0.0, 0), Sample(1.0, 5)),
    "nothing went": (Sample(0.0, 0), Sample(1.0, 0), Sample(2.0, 0)),
    "no time went by": (Sample(0.0, 0), Sample(0.0, 5), Sample(0.0, 9)),
}


@pytest.mark.parametrize("samples", FEW.values(), ids=FEW)
def test_there_is_no_plot_of_what_shows_no_course(samples: tuple[Sample, ...]) -> None:
    assert plot_of(samples) is None


@given(st.lists(st.tuples(st.floats(0.0001, 1e4), st.integers(0, 10**12)), max_size=60))
def test_every_point_lies_in_the_picture(steps: list[tuple[float, int]]) -> None:
    samples = [Sample(0.0, 0)]
    for seconds, sent in steps:
        samples.append(Sample(samples[-1].seconds + seconds, samples[-1].sent + sent))

    plot = plot_of(samples)

    points = [tuple(map(float, point.split(","))) for point in plot.line.split()] if plot else []
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)
