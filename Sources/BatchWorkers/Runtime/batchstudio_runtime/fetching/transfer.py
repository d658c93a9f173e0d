"""Watches transfers: how fast their bytes come, and how long they take."""
import asyncio

from batchstudio_runtime.fetching.errors import FetchError


class Meter:
    """Counts the bytes of a transfer as they come in."""

    def __init__(self):
        self.has_begun = False
        self._counted = 0
        self._in_flight = None

    def begin(self, in_flight=None):
        """Notes the head of an answer; `in_flight()` counts the bytes of its body where a driver returns whole blocks."""
        self._counted = self.bytes
        self._in_flight = in_flight
        self.has_begun = True

    def add(self, count):
        self._counted += count

    @property
    def bytes(self):
        return self._counted + (self._in_flight() if self._in_flight else 0)


async def watched(transfer, meter, limits):
    """Awaits a transfer; raises a `FetchError` when no answer comes, or too few bytes of it."""
    task = asyncio.ensure_future(transfer)
    try:
        while True:
            has_begun, before = meter.has_begun, meter.bytes
            await asyncio.wait({task}, timeout=limits.rate_seconds if has_begun else limits.answer_seconds)
            if task.done():
                return task.result()
            if not meter.has_begun:
                raise FetchError("Timeout", "the server does not answer within {} seconds".format(limits.answer_seconds), True)
            if has_begun and meter.bytes - before < limits.min_rate * limits.rate_seconds:
                raise too_slow(limits)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def too_slow(limits):
    words = "the server sends less than {} bytes a second, over {} seconds".format(limits.min_rate, limits.rate_seconds)
    return FetchError("TooSlow", words, is_transient=True)


async def within(seconds, action, words, is_transient=False):
    """Awaits an action; raises a `FetchError` with these words when it takes longer."""
    try:
        return await asyncio.wait_for(action, seconds)
    except asyncio.TimeoutError:
        raise FetchError("Timeout", "{} within {}".format(words, duration(seconds)), is_transient) from None


def duration(seconds):
    for unit, length in (("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return "{:g} {}".format(round(seconds / length, 1), unit)
    return "{:g} seconds".format(seconds)
