"""Prints random cron expressions with the times that croniter gives them: python3 croniter_cases.py COUNT SEED.

Each line: expression, zone, an instant, and the next three instants, in seconds since 1970. croniter gives the times on the wall;
what becomes of those that clocks leave out or show twice is docs/schedules.md's rule, by zoneinfo.
"""
import datetime
import random
import sys

import croniter
import zoneinfo

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]
FIELDS = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)]
NAMES = {3: "jan feb mar apr may jun jul aug sep oct nov dec".split(), 4: "sun mon tue wed thu fri sat".split()}
HOUR = datetime.timedelta(hours=1)
DAY = 24 * HOUR


def part(rng, index):
    """Return a random value, range or step of a field; not */1 and 3-3, which croniter takes for other things."""
    low, high = FIELDS[index]
    kind = rng.random()
    if kind < 0.25:
        return f"*/{rng.randint(2, (high - low) // 2 + 1)}"
    first = rng.randint(low, high)
    if kind < 0.5 and first < high:
        last = rng.randint(first + 1, high)
        return f"{first}-{last}" + (f"/{rng.randint(1, 5)}" if rng.random() < 0.3 else "")
    if index in NAMES and kind > 0.8:
        return rng.choice(NAMES[index])
    return str(first)


def expression(rng):
    """Return a random expression."""
    # Days and months are free more often: else most expressions are years apart.
    free = [0.2, 0.35, 0.7, 0.75, 0.6]
    fields = []
    for index in range(5):
        if rng.random() < free[index]:
            fields.append("*")
        else:
            fields.append(",".join(part(rng, index) for _ in range(rng.choice([1, 1, 1, 2]))))
    return " ".join(fields)


def instants(wall, zone, hourly):
    """Return the instants at which a time on the wall happens."""
    found = []
    for fold in (0, 1):
        instant = wall.replace(tzinfo=zone, fold=fold).astimezone(datetime.timezone.utc)
        if instant.astimezone(zone).replace(tzinfo=None) == wall:
            found.append(instant)
    if found:
        return sorted(set(found)) if hourly else [min(found)]
    if hourly:
        return []
    # Left out: the first instant after the gap, to the minute.
    instant = wall.replace(tzinfo=zone, fold=0).astimezone(datetime.timezone.utc) - 3 * HOUR
    while instant.astimezone(zone).replace(tzinfo=None) < wall:
        instant += datetime.timedelta(minutes=1)
    return [instant]


def times(text, zone, after, count):
    """Return the next instants after one; None where croniter finds none."""
    hourly = croniter.croniter.expand(text)[0][1] in (["*"], list(range(24)))
    walls = croniter.croniter(text, after.astimezone(zone).replace(tzinfo=None) - 2 * HOUR - datetime.timedelta(minutes=1))
    found, last = set(), None
    while len(found) < count + 1 or walls.cur < (max(sorted(found)[:count]) + DAY).timestamp():
        try:
            last = walls.get_next(datetime.datetime)
        except croniter.CroniterBadDateError:
            break
        found.update(instant for instant in instants(last, zone, hourly) if instant > after)
    return sorted(found)[:count]


def main(count, seed):
    rng = random.Random(seed)
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
    changes = [datetime.datetime(2026, 3, 29, 1), datetime.datetime(2026, 10, 25, 1), datetime.datetime(2026, 3, 8, 7),
               datetime.datetime(2026, 11, 1, 6), datetime.datetime(2026, 4, 4, 15), datetime.datetime(2026, 10, 3, 15, 30)]
    printed = 0
    while printed < count:
        text = expression(rng)
        zone = rng.choice(ZONES)
        if rng.random() < 0.5:
            after = rng.choice(changes).replace(tzinfo=datetime.timezone.utc)
            after += datetime.timedelta(minutes=rng.randint(-3000, 300))
        else:
            after = start + datetime.timedelta(minutes=rng.randint(0, 366 * 1440))
        if not croniter.croniter.is_valid(text):
            continue
        # All days of the week, by numbers: a restriction for croniter only where days have no "*" in them.
        weekdays = croniter.croniter.expand(text)[0][4]
        if not text.endswith(" *") and (weekdays == ["*"] or len(weekdays) == 7):
            continue
        found = times(text, zoneinfo.ZoneInfo(zone), after, 3)
        if len(found) < 3 or found[-1] > after + 1000 * DAY:
            continue
        print(text, zone, int(after.timestamp()), *(int(instant.timestamp()) for instant in found), sep="\t")
        printed += 1


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
