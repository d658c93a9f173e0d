"""Times in text: ISO 8601, or the formats that the read options give; as nanoseconds since 1970 in UTC.

    nanoseconds_of("2024-05-01T10:00+02:00")  # those of 08:00 UTC
    nanoseconds_of("03/04/2024")              # None: March or April is a guess

| text | taken |
|---|---|
| `YYYY-MM-DD` | midnight |
| `YYYY-MM-DD HH:MM[:SS[.fraction]]`, `T` for the space | up to nine digits of fraction |
| the same and `Z`, `±HH`, `±HHMM`, `±HH:MM` | converted to UTC |
| anything else: `YYYYMMDD`, `10:30`, `24:00`, second 60, 30 February, years before 1677 or after 2262 | no |
"""
import datetime
import re
from typing import List, Optional

ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:(Z)|([+-])(\d\d)(?::?(\d\d))?)?)?",
    re.ASCII,
)
EPOCH = datetime.datetime(1970, 1, 1)
# Limits of datetime64[ns]; the smallest number of all is NaT.
LARGEST = 2 ** 63 - 1
NAT = -2 ** 63


def nanoseconds_of(text: str) -> Optional[int]:
    """Returns the nanoseconds of an ISO 8601 text, None where it is none or out of range."""
    found = ISO.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, fraction, _, sign, zone_hours, zone_minutes = found.groups()
    try:
        time = datetime.datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        return None
    seconds = (time - EPOCH) // datetime.timedelta(seconds=1)
    if sign:
        offset = int(zone_hours) * 3600 + int(zone_minutes or 0) * 60
        if int(zone_hours) > 23 or int(zone_minutes or 0) > 59:
            return None
        seconds -= offset if sign == "+" else -offset
    return in_range(seconds * 10 ** 9 + (int(fraction.ljust(9, "0")) if fraction else 0))


def nanoseconds_by(formats: List[str], text: str) -> Optional[int]:
    """Returns the nanoseconds of a text in the first of these strptime formats that takes all of it, None for none."""
    for format_ in formats:
        try:
            time = datetime.datetime.strptime(text, format_)
        except ValueError:
            continue
        offset = time.utcoffset()
        if offset is not None:
            time = (time - offset).replace(tzinfo=None)
        return in_range((time - EPOCH) // datetime.timedelta(microseconds=1) * 1000)
    return None


def in_range(nanoseconds: int) -> Optional[int]:
    return nanoseconds if NAT < nanoseconds <= LARGEST else None
