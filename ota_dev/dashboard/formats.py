"""Numbers and moments as people read them, the same in every language. Pure, but for the time zone of the machine."""

from datetime import datetime, timedelta

__all__ = ["clock_time", "moment", "percent", "readable_duration", "time_left"]

_LONG = timedelta(seconds=10)


def readable_duration(duration: timedelta) -> str:
    """Give a duration in milliseconds, from ten seconds on in seconds."""
    seconds = duration.total_seconds()
    return f"{seconds:.1f} s" if duration >= _LONG else f"{seconds * 1000:.0f} ms"


def time_left(seconds: float) -> str:
    """Give a duration as a clock counts it down."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def percent(part: float) -> str:
    """Give a part from 0 to 1 in whole per cent, cut and not rounded: only what is finished has 100."""
    return f"{int(part * 100)} %"


def clock_time(when: datetime) -> str:
    """Give the time of day of this machine, to the second."""
    return when.astimezone().strftime("%H:%M:%S")


def moment(when: datetime) -> str:
    """Give a moment as the machine's own date and time."""
    return when.astimezone().strftime("%Y-%m-%d %H:%M:%S")
