"""The aims of the comparison and the thresholds that `make bench CHECK=1` enforces, both of them ratios of times.

`results/thresholds.json` has for each work and contender an `aim`, a `threshold` or both: for the limit the most that our
warm time may be of its time, for all others the least that their time is of ours.
"""
import json
import pathlib

PATH = pathlib.Path(__file__).resolve().parent / "results" / "thresholds.json"


class Verdict:
    """A ratio that was measured against an aim and a threshold, either of them None where there is none."""

    def __init__(self, work, contender, ratio, entry):
        self.work, self.contender, self.ratio = work, contender, ratio
        self.aim, self.threshold = entry.get("aim"), entry.get("threshold")

    def keeps(self, bound):
        if bound is None:
            return True
        return self.ratio <= bound if self.contender == "limit" else self.ratio >= bound

    def row(self):
        sign = "≤" if self.contender == "limit" else "≥"
        aim = "–" if self.aim is None else f"{sign} {self.aim}"
        threshold = "–" if self.threshold is None else f"{sign} {self.threshold}"
        reached = "–" if self.aim is None else "reached" if self.keeps(self.aim) else "**not reached**"
        kept = "" if self.keeps(self.threshold) else ", below the threshold"
        return f"| {self.work} | {self.contender} | {self.ratio:.2f} | {aim} | {reached}{kept} | {threshold} |"


def verdicts(results):
    """Return the verdicts on the ratios of each work: `{work: {contender: ratio}}`."""
    entries = json.loads(PATH.read_text())
    return [Verdict(work, name, ratio, entries[work][name]) for work, ratios in results.items()
            for name, ratio in ratios.items() if name in entries.get(work, {})]


def print_verdicts(results):
    """Print each aim as reached or not; return the verdicts."""
    found = verdicts(results)
    if found:
        print("\n| work | against | ratio, warm | aim | | threshold |\n|---|---|---|---|---|---|")
        for verdict in found:
            print(verdict.row())
    return found
