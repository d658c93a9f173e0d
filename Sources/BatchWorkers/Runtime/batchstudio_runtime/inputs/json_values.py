"""JSON text as Python values that keep what they were: each digit of a number, and keys that stand twice.

    parse('{"id": 9007199254740993.0, "id": 1}')   # a RepeatedKeys, whose `repeated` is {"id"}
"""
import json

from batchstudio_runtime.inputs.values import NumberLiteral


class RepeatedKeys(dict):
    """An object in which keys stand twice; the last value of each is kept."""

    def __init__(self, pairs, repeated):
        super().__init__(pairs)
        self.repeated = repeated


def parse(text):
    """Returns the value of a JSON text; raises ValueError where it is none."""
    try:
        return DECODER.decode(text)
    except RecursionError:
        raise ValueError("it is nested too deeply")


def object_of(pairs):
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    seen = set()
    repeated = {key for key, _ in pairs if key in seen or seen.add(key)}
    return RepeatedKeys(pairs, repeated)


def whole_number(text):
    return int(text) if text != "-0" else NumberLiteral(text)


DECODER = json.JSONDecoder(parse_float=NumberLiteral, parse_int=whole_number, object_pairs_hook=object_of)
