"""The tables that the comparison prints."""
import statistics

LABELS = {"warm": "batchstudio, warm", "cold": "batchstudio, cold"}


def median(measured, field):
    values = [one[field] for one in measured if one.get(field) is not None]
    return statistics.median(values) if values else None


def ratios(measured, reference):
    """Return each contender's wall time over batchstudio's, for the limit the inverse: medians of the rounds."""
    found = {}
    for name, results in measured.items():
        if name not in LABELS:
            pairs = [(other["seconds"], ours["seconds"]) for other, ours in zip(results, measured[reference])]
            found[name] = round(statistics.median(b / a if name == "limit" else a / b for a, b in pairs), 2)
    return found


def as_ratio(table, name):
    """Return how many times as long a contender took as batchstudio, as text."""
    if name not in table:
        return ""
    return f"{1 / table[name]:.2f}" if name == "limit" else f"{table[name]:.2f}"


def print_table(title, rows, measured, memory, left_out):
    """Print a work's table: a row a contender, with the reason for those that are left out."""
    print(f"\n{title}\n")
    print("| | wall s, median (spread) | time over warm | time over cold | first result s | rows/s steady | peak MB | CPU s |")
    print("|---|---|---|---|---|---|---|---|")
    warm, cold = ratios(measured, "warm"), ratios(measured, "cold")
    for name, results in measured.items():
        seconds = [one["seconds"] for one in results]
        first = median(results, "first")
        cells = [
            LABELS.get(name, name), f"{statistics.median(seconds):.2f} ({min(seconds):.2f}–{max(seconds):.2f})",
            as_ratio(warm, name), as_ratio(cold, name),
            f"{first:.2f}" if first is not None and name != "limit" else "–",
            steady_rate(rows, statistics.median(seconds), first),
            f"{memory[name]:.0f}", f"{median(results, 'cpu'):.1f}",
        ]
        print("| " + " | ".join(cells) + " |")
    for name, reason in left_out.items():
        print(f"| {name} | left out: {reason} | | | | | | |")


def steady_rate(rows, seconds, first):
    """Return the rows a second after the first result, as text; none where all comes at the end."""
    if first is None or first > 0.9 * seconds:
        return "–"
    return f"{rows / (seconds - first):,.0f}"
