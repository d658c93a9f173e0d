"""Draws plots: `python -I plots.py REQUEST`.

REQUEST is the path of a JSON file, a list of Vega-Lite specifications. The last line that is printed is a JSON list with the
SVG of each.
"""
import json
import sys
from typing import Any, List


def drawn(specifications: List[Any]) -> List[str]:
    import vl_convert
    return [str(vl_convert.vegalite_to_svg(json.dumps(specification))) for specification in specifications]


def main(path: str) -> None:
    with open(path, encoding="utf-8") as file:
        specifications = json.load(file)
    # ASCII, so that it does not depend on the locale; on a line of its own, whatever a library has printed.
    print("\n" + json.dumps(drawn(specifications)))


if __name__ == "__main__":
    main(sys.argv[1])
