"""Real jobs under real faults: prints, per fault, what was tried and what was lost.

    python3 torture.py [--faults N] [--seed S] [--only NAME] [--seconds T]

Each fault is taken once, in an order that chance chooses, then all again, until N were inflicted, or until T seconds have
passed. Chance is seeded: the same seed does the same things, at moments that differ a little, since processes do.
"""
import argparse
import collections
import csv
import io
import random
import sys
import time

from faults import FAULTS, Unavailable
from program import Trouble, wait


class Tally:
    """The results of one kind of fault."""

    def __init__(self):
        self.tried = self.jobs = self.survived = self.lost = self.repeated = self.orphans = 0
        self.unavailable = None


def judge(program, job, fault, tally, undisturbed):
    """Look at a job whose faults are over; raise Trouble for anything that a user would not forgive."""
    state = program.wait_for_end(job)
    if state == "Failed" and fault.is_to_be_resumed(program.cause(job)):
        program.run("job", "resume", "-n", job)
        state = program.wait_for_end(job)
    expected, may_fail = fault.expected(program)
    output = program.output(job)
    if state != "Completed":
        raise Trouble(f"the job is {state}: {program.cause(job)}")
    wanted, found = collections.Counter(expected.splitlines()), collections.Counter(output.splitlines())
    reasons = dict(program.failures(job))
    failed = set(reasons)
    if not failed <= may_fail:
        raise Trouble(f"failed files: { {file: reasons[file] for file in sorted(failed - may_fail)} }")
    if not all(reasons.values()):
        raise Trouble(f"files failed without a reason: {reasons}")
    negative = {name: seconds for name, seconds in program.durations(job).items() if seconds < 0}
    if negative:
        raise Trouble(f"states lasted less than no time: {negative}")
    fault.check(program, job)
    excused = program.rows(failed) if failed else b""
    tally.repeated += sum((found - wanted).values())
    lost = wanted - found - collections.Counter(excused.splitlines())
    tally.lost += sum(lost.values())
    if failed:
        expected = program.rows(set(program.files) - failed)
    if output != expected:
        raise Trouble(f"the output differs: {len(wanted)} rows expected, {len(found)} found, {sum(lost.values())} lost")
    check_profile(program.profile(job), output)
    left = wait_for_nothing(program.orphans, program.patience)
    tally.orphans += len(left)
    if left:
        raise Trouble(f"processes stay behind: {left}")
    # One that is killed right after the job's end leaves its rows for the next one to remove.
    if program.executor() is None:
        program.start_executor()
        wait("the next executor", program.executor)
    # Where files failed the rows stay, for `job retry-failed`.
    kept = (lambda name: "/segments/" in name) if failed else (lambda name: False)
    more = wait_for_nothing(lambda: {name for name in program.leavings(job) ^ undisturbed if not kept(name)})
    if more:
        raise Trouble(f"files differ from an undisturbed job's: {sorted(more)}")


def check_profile(profile, output):
    """Raise Trouble unless the job's profile is that of the rows of its output, each once."""
    rows = list(csv.reader(io.StringIO(output.decode(), newline="")))
    if profile["rows"] != len(rows):
        raise Trouble(f"the profile has {profile['rows']} rows, the output {len(rows)}")
    for place, column in enumerate(profile["columns"]):
        if column["count"] + column["missing"] != len(rows):
            raise Trouble(f"the profile has {column['count']} + {column['missing']} values in column {place}")
        if column["distinct"] is not None and dict(column["values"]) != collections.Counter(row[place] for row in rows):
            raise Trouble(f"the profile has other values in column {place} than the output")


def wait_for_nothing(find, seconds=10):
    """Return what is left once nothing is, or the time is over."""
    end = time.monotonic() + seconds
    while True:
        left = find()
        if not left or time.monotonic() > end:
            return left
        time.sleep(0.05)


def attempt(fault, chance, tally, most):
    """Run one undisturbed job and one that suffers; return how many faults it suffered."""
    program = fault.program(chance)
    try:
        first = program.invoke()
        if program.wait_for_end(first) != "Completed":
            raise Trouble(f"the undisturbed job is {program.state(first)}: {program.cause(first)}")
        if program.output(first) != program.rows():
            raise Trouble("the undisturbed job's output is not what it should be")
        if program.splits and not program.query("SELECT 1 FROM miniBatch WHERE parts > 1"):
            raise Trouble("no file was split")
        program.run("executor", "stop")
        undisturbed = program.leavings(first)
        total = program.done(first)
        job = program.invoke()
        points = sorted(chance.randrange(total) for _ in range(chance.randint(1, min(most, fault.most))))
        for point in points:
            program.wait_for_progress(job, max(point, fault.earliest))
            fault.inflict(program, job, chance)
            tally.tried += 1
        judge(program, job, fault, tally, undisturbed)
        tally.jobs += 1
        tally.survived += len(points)
        program.run("executor", "stop")
        left = wait_for_nothing(program.processes)
        tally.orphans += len(left)
        if left:
            raise Trouble(f"processes outlive the executor: {left}")
    except BaseException:
        print(f"  its folder is kept: {program.folder}", file=sys.stderr)
        raise
    fault.end(program)
    program.remove()
    return len(points)


def torture(faults, wanted, seed, seconds):
    """Inflict faults in an order that chance chooses; return the tallies and how many troubles there were."""
    tallies = {fault.name: Tally() for fault in faults}
    began, inflicted, round, troubles = time.monotonic(), 0, 0, 0
    while inflicted < wanted:
        # In another order each time: a run that is short does not always do the same ones.
        for fault in random.Random(f"{seed} {round}").sample(faults, len(faults)):
            if inflicted >= wanted or (seconds and time.monotonic() - began > seconds):
                return tallies, troubles
            tally = tallies[fault.name]
            if tally.unavailable:
                continue
            try:
                inflicted += attempt(fault, random.Random(f"{seed} {round} {fault.name}"), tally, wanted - inflicted)
            except Unavailable as reason:
                tally.unavailable = str(reason)
            except Trouble as trouble:
                troubles += 1
                inflicted += 1
                print(f"{fault.name} (seed {seed}, round {round}): {trouble}", file=sys.stderr, flush=True)
        round += 1
        if all(tally.unavailable for tally in tallies.values()):
            return tallies, troubles
    return tallies, troubles


def table(tallies, seed, command="make torture"):
    """Return the table as Markdown."""
    lines = ["| fault | injected | survived | lost rows | repeated rows | orphaned processes | command |",
             "|---|---|---|---|---|---|---|"]
    for name, tally in tallies.items():
        if tally.unavailable:
            lines.append(f"| {name} | skipped: {tally.unavailable} | | | | | |")
        elif tally.tried:
            again = f'`{command} N={tally.tried} SEED={seed} FAULT="{name}"`'
            counts = (tally.tried, tally.survived, tally.lost, tally.repeated, tally.orphans)
            lines.append(f"| {name} | {' | '.join(map(str, counts))} | {again} |")
    tried, survived = (sum(getattr(tally, field) for tally in tallies.values()) for field in ["tried", "survived"])
    lines.append(f"| **all** | {tried} | {survived} | " + " | ".join(
        str(sum(getattr(tally, field) for tally in tallies.values())) for field in ["lost", "repeated", "orphans"]) + " | |")
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--faults", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--seconds", type=float, default=0)
    arguments = parser.parse_args()
    chosen = [fault for fault in FAULTS if arguments.only in fault.name]
    if not chosen:
        parser.error(f"no fault has {arguments.only!r} in its name; there are: {', '.join(fault.name for fault in FAULTS)}")
    tallies, troubles = torture(chosen, arguments.faults, arguments.seed, arguments.seconds)
    print(table(tallies, arguments.seed))
    sys.exit(troubles > 0)
