"""JSON text as Python values that keep what they were: each digit of a number, and keys that come twice.

    parse('{"id": 9007199254740993.0, "id": 1}')   # a RepeatedKeys, whose `repeated` is {"id"}
"""
import collections
import json
from typing import Any, Dict, Iterable, List, Set, Tuple, Union

from batchstudio_runtime.inputs.values import NumberLiteral


class RepeatedKeys(dict):
    """An object in which keys come twice; the last value of each is kept."""

    def __init__(self, pairs: Iterable[Tuple[str, Any]], repeated: Set[str]) -> None:
        super().__init__(pairs)
        self.repeated = repeated


def parse(text: str) -> Any:
    """Returns the value of a JSON text; raises ValueError where it is none."""
    try:
        return DECODER.decode(text)
    except RecursionError:
        raise ValueError("it is nested too deeply")


def object_of(pairs: List[Tuple[str, Any]]) -> Dict[str, Any]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    counts = collections.Counter(key for key, _ in pairs)
    repeated = {key for key, count in counts.items() if count > 1}
    return RepeatedKeys(pairs, repeated)


def whole_number(text: str) -> Union[int, NumberLiteral]:
    return int(text) if text != "-0" else NumberLiteral(text)


DECODER = json.JSONDecoder(parse_float=NumberLiteral, parse_int=whole_number, object_pairs_hook=object_of)
