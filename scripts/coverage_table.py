"""Prints the lines that tests have run, a row a target, from the summary of `llvm-cov export`."""
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import DefaultDict, List

sources = Path(__file__).resolve().parent.parent / "Sources"
targets: DefaultDict[str, List[int]] = defaultdict(lambda: [0, 0])
for file in json.loads(Path(sys.argv[1]).read_text())["data"][0]["files"]:
    path = Path(file["filename"])
    if sources in path.parents:
        lines = file["summary"]["lines"]
        for name in (path.relative_to(sources).parts[0], "all"):
            targets[name][0] += lines["covered"]
            targets[name][1] += lines["count"]

print(f"{'target':20}{'lines':>10}{'run':>10}{'share':>9}")
for name, (covered, count) in sorted(targets.items(), key=lambda target: (target[0] == "all", target[0])):
    print(f"{name:20}{count:>10}{covered:>10}{covered / max(1, count):>9.1%}")
