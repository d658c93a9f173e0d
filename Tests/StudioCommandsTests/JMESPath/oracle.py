"""Prints what the jmespath package finds: a JSON line {document, expression, result or error} a case.

Usage: oracle.py cases FILE | oracle.py random SEED COUNT
"""
import json
import random
import sys
from typing import Any, Iterator, List, Tuple

import jmespath
from jmespath.exceptions import JMESPathError
from jmespath.functions import Functions

NAMES = ["a", "b", "c", "d"]
WORDS = ["", "a", "b", "ab", "é", "日本", "z"]
# Neither 0 nor 1: Python takes them for false and true inside of lists. Halves: their sums are exact.
NUMBERS = [2, 3, 7, -4, 2.5, -0.5, 12]


class CheckedFunctions(Functions):
    """The package's functions, which check the type of each argument: the package looks at the first one of merge() only."""

    def _type_check(self, actual: List[Any], signature: List[Any], function_name: str) -> Any:
        more = [signature[-1]] * (len(actual) - len(signature)) if signature else []
        return super()._type_check(actual, list(signature) + more, function_name)


OPTIONS = jmespath.Options(custom_functions=CheckedFunctions())


def written(path: str) -> Iterator[Tuple[str, str]]:
    document = "null"
    with open(path, encoding="utf-8") as lines:
        for line in lines.read().split("\n"):
            if line.startswith("< "):
                document = line[2:]
            elif line and not line.startswith("# "):
                yield document, line


class Generator:
    """Random documents, and expressions that mostly find something in them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def cases(self, count: int) -> Iterator[Tuple[str, str]]:
        for _ in range(count):
            yield json.dumps(self.document(4), ensure_ascii=False), self.expression(4)

    def document(self, depth: int) -> Any:
        kind = self.random.randrange(10 if depth else 5)
        if kind < 2:
            return self.random.choice(WORDS)
        if kind < 4:
            return self.random.choice(NUMBERS)
        if kind == 4:
            return self.random.choice([None, True, False])
        if kind < 7:
            elements = [self.document(depth - 1) for _ in range(self.random.randrange(5))]
            # Lists of one kind, as real ones are.
            return elements if kind == 5 or not elements else [self.alike(elements[0]) for _ in elements]
        return {name: self.document(depth - 1) for name in NAMES if self.random.random() < 0.7}

    def alike(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.random.choice(WORDS)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return self.random.choice(NUMBERS)
        if isinstance(value, list):
            return [self.alike(element) for element in value]
        if isinstance(value, dict):
            return {name: self.alike(part) for name, part in value.items()}
        return value

    def pick(self, *choices: str) -> str:
        return self.random.choice(choices)

    def name(self) -> str:
        name = self.random.choice(NAMES)
        return f'"{name}"' if self.random.random() < 0.1 else name

    def number(self) -> str:
        return self.pick("", str(self.random.randrange(-4, 5)))

    def literal(self) -> str:
        if self.random.random() < 0.4:
            return f"'{self.random.choice(WORDS)}'"
        value = self.document(1) if self.random.random() < 0.3 else self.random.choice(NUMBERS)
        return f"`{json.dumps(value, ensure_ascii=False)}`"

    def slice(self) -> str:
        text = self.number() + ":" + self.number()
        return text + self.pick("", ":", ":2", ":-1", ":-2", ":1")

    def several(self, depth: int) -> str:
        return ", ".join(self.expression(depth) for _ in range(self.random.randrange(1, 4)))

    def mapping(self, depth: int) -> str:
        pairs = [f"{self.name()}: {self.expression(depth)}" for _ in range(self.random.randrange(1, 4))]
        return "{{{}}}".format(", ".join(pairs))

    def expression(self, depth: int) -> str:
        if depth <= 0:
            return self.pick(self.name(), self.name(), "@", "*", "[]", "[*]", f"[{self.random.randrange(-3, 4)}]")
        kind = self.random.randrange(16)
        if kind < 6:
            return self.path(depth)
        if kind == 6:
            return self.expression(depth - 1) + self.pick(" | ", "|") + self.expression(depth - 1)
        if kind == 7:
            return self.expression(depth - 1) + self.pick(" || ", "&&") + self.expression(depth - 1)
        if kind == 8:
            comparison = self.pick("==", "!=", "<", "<=", ">", ">=")
            right = self.pick(self.literal(), self.expression(depth - 1))
            return self.expression(depth - 1) + " " + comparison + " " + right
        if kind == 9:
            return "!" + self.expression(depth - 1)
        if kind == 10:
            return f"({self.expression(depth - 1)})"
        if kind == 11:
            return self.literal()
        if kind == 12:
            return f"[{self.several(depth - 1)}]"
        if kind == 13:
            return self.mapping(depth - 1)
        return self.call(depth - 1)

    def path(self, depth: int) -> str:
        text = self.expression(0)
        for _ in range(self.random.randrange(4)):
            text += self.step(depth - 1)
        return text

    def step(self, depth: int) -> str:
        kind = self.random.randrange(12)
        if kind < 4:
            return "." + self.name()
        if kind == 4:
            return f"[{self.random.randrange(-3, 4)}]"
        if kind == 5:
            return f"[{self.slice()}]"
        if kind == 6:
            return self.pick("[]", "[]", ".*")
        if kind == 7:
            return "[*]"
        if kind == 8:
            return f"[?{self.expression(depth)}]"
        if kind == 9:
            return f".[{self.several(depth)}]"
        if kind == 10:
            return "." + self.mapping(depth)
        return "." + self.call(depth)

    def call(self, depth: int) -> str:
        one = self.expression(depth)
        name = self.pick("abs", "avg", "ceil", "floor", "keys", "length", "max", "merge", "min", "not_null", "reverse",
                         "sort", "sum", "to_array", "to_number", "to_string", "type", "values", "contains", "ends_with",
                         "starts_with", "join", "map", "max_by", "min_by", "sort_by")
        if name in ("contains", "ends_with", "starts_with"):
            return f"{name}({one}, {self.pick(self.literal(), self.expression(depth))})"
        if name == "join":
            return f"join('-', {one})"
        if name == "map":
            return f"map(&{self.expression(depth)}, {one})"
        if name in ("max_by", "min_by", "sort_by"):
            return f"{name}({one}, &{self.expression(depth)})"
        if name in ("merge", "not_null"):
            return f"{name}({one}, {self.expression(depth)})"
        return f"{name}({one})"


def answer(document: str, expression: str) -> Any:
    case = {"document": document, "expression": expression}
    try:
        result = jmespath.search(expression, json.loads(document), OPTIONS)
        case["result"] = json.dumps(result, ensure_ascii=False)
    except JMESPathError as error:
        case["error"] = f"{type(error).__name__}: {error}"
    except Exception as error:  # The package itself gives way, at `'a' < 2` for one: no result is the right one.
        case["crash"] = f"{type(error).__name__}: {error}"
    return case


def main(arguments: List[str]) -> None:
    if arguments[0] == "cases":
        cases = written(arguments[1])
    else:
        cases = Generator(int(arguments[1])).cases(int(arguments[2]))
    for document, expression in cases:
        print(json.dumps(answer(document, expression)))


main(sys.argv[1:])
