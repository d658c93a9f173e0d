"""How cost grows with the number of files: planning, overhead a mini-batch, finalizing, memory, at ten times as many each.

    python growth.py [MOST]        (1,000,000 files by default)
"""
import sys

from batchstudio import deploy_idle_script, make_files, workspace

most = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000

with workspace() as space:
    deploy_idle_script(space)
    print("| files | planning s | ms a mini-batch | finalizing s | executor's peak MB |")
    print("|---|---|---|---|---|")
    files = 1_000
    while files <= most:
        # A new executor, so that its peak is this job's.
        space.stop_executor()
        name, _ = space.score("idle", make_files(space.folder / f"input-{files}", files))
        at = space.transitions(name)
        print(f"| {files:,} | {at['Running'] - at['Preparing']:.2f} | {(at['Finalizing'] - at['Running']) / files * 1000:.3f} | "
              f"{at['Completed'] - at['Finalizing']:.2f} | {space.executor_peak_memory():.0f} |", flush=True)
        files *= 10
