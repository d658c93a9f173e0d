"""The overhead of the executor: time a mini-batch of a script that does nothing, and memory, at many files."""
import sys

from batchstudio import deploy_idle_script, make_files, workspace

files = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000

with workspace() as space:
    deploy_idle_script(space)
    data = make_files(space.folder / "input", files)
    for _ in range(3):
        name, _ = space.score("idle", data)
        at = space.transitions(name)
        scoring = at["Finalizing"] - at["Running"]
        print(f"{files} mini-batches of 1 file, 2 workers: {scoring / files * 1000:.3f} ms each; "
              f"planning {at['Running'] - at['Preparing']:.2f} s; finalizing {at['Completed'] - at['Finalizing']:.3f} s")
    print(f"executor's peak memory: {space.executor_peak_memory():.0f} MB")
