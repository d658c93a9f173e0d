"""Validates a scoring script without running it: `python -I script_check.py SCRIPT` prints its problems as JSON."""
import ast
import json
import platform
import sys
import tokenize
from typing import Any, Dict, Iterator, List, Sequence

NAMES = ("init", "run")


def check(path: str) -> List[Dict[str, Any]]:
    """Returns the problems of a script, each with its message and, where there is one, line, column and the line's text."""
    try:
        with tokenize.open(path) as file:  # in the encoding that the script declares
            text = file.read()
        tree = ast.parse(text, path)
    except SyntaxError as error:
        problem = {"message": error.msg, "line": error.lineno, "column": error.offset}
        if error.text:
            problem["text"] = error.text.rstrip("\r\n")
        return [problem]
    except (UnicodeDecodeError, ValueError) as error:
        return [{"message": str(error)}]
    defined = set(names_defined(tree.body))
    if "*" in defined:  # the names that are imported with a star are not known without importing it
        return []
    return [{"message": f"defines no {name}()"} for name in NAMES if name not in defined]


def names_defined(statements: Sequence[ast.stmt]) -> Iterator[str]:
    """Yields the names that the module's own statements define, those within if, try and with included."""
    for statement in statements:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield statement.name
        elif isinstance(statement, (ast.Import, ast.ImportFrom)):
            for alias in statement.names:
                yield (alias.asname or alias.name).partition(".")[0]
        elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
            for target in statement.targets if isinstance(statement, ast.Assign) else [statement.target]:
                for node in ast.walk(target):
                    if isinstance(node, ast.Name):
                        yield node.id
        for part in ("body", "orelse", "finalbody"):
            if not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                yield from names_defined(getattr(statement, part, []))
        for handler in getattr(statement, "handlers", []):
            yield from names_defined(handler.body)


if __name__ == "__main__":
    # ASCII, so that it does not depend on the locale.
    print(json.dumps({"python": platform.python_version(), "problems": check(sys.argv[1])}))
