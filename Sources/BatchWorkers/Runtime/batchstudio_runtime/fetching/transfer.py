"""The supervision of transfers: their rate and their duration."""
import asyncio
from typing import Awaitable, Callable, Optional, TypeVar

from batchstudio_runtime.fetching.errors import FetchError
from batchstudio_runtime.fetching.limits import TransferLimits

Result = TypeVar("Result")


class Meter:
    """The count of a transfer's bytes while they arrive."""

    def __init__(self) -> None:
        self.has_begun = False
        self._counted = 0
        self._in_flight: Optional[Callable[[], int]] = None

    def begin(self, in_flight: Optional[Callable[[], int]] = None) -> None:
        """Notes the head of an answer; `in_flight()` counts the bytes of its body where a driver returns whole blocks."""
        self._counted = self.bytes
        self._in_flight = in_flight
        self.has_begun = True

    def add(self, count: int) -> None:
        self._counted += count

    @property
    def bytes(self) -> int:
        return self._counted + (self._in_flight() if self._in_flight else 0)


async def watched(transfer: Awaitable[Result], meter: Meter, limits: TransferLimits) -> Result:
    """Awaits a transfer; raises a `FetchError` when no answer arrives, or too few bytes of it."""
    task = asyncio.ensure_future(transfer)
    try:
        while True:
            has_begun, before = meter.has_begun, meter.bytes
            await asyncio.wait({task}, timeout=limits.rate_seconds if has_begun else limits.answer_seconds)
            if task.done():
                return task.result()
            if not meter.has_begun:
                raise FetchError("Timeout", f"the server does not answer within {limits.answer_seconds} seconds", True)
            if has_begun and meter.bytes - before < limits.min_rate * limits.rate_seconds:
                raise too_slow(limits)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def too_slow(limits: TransferLimits) -> FetchError:
    message = f"the server sends less than {limits.min_rate} bytes a second, over {limits.rate_seconds} seconds"
    return FetchError("TooSlow", message, is_transient=True)


async def within(seconds: float, action: Awaitable[Result], message: str, is_transient: bool = False) -> Result:
    """Awaits an action; raises a `FetchError` with this message when it takes longer."""
    try:
        return await asyncio.wait_for(action, seconds)
    except asyncio.TimeoutError:
        raise FetchError("Timeout", f"{message} within {duration(seconds)}", is_transient) from None


def duration(seconds: float) -> str:
    for unit, length in (("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{round(seconds / length, 1):g} {unit}"
    return f"{seconds:g} seconds"
