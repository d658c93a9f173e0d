"""The latency from `invoke` to the first finished mini-batch on the sample: cold, after the deployment was changed, warm.

`python3 latency.py [REPEATS]`; the medians of the repeats (5) are printed with all values.
"""
import json
import statistics
import sys
import time

from batchstudio import workspace

DEPLOYMENT = ("-n", "wine-mlflow", "-e", "wine-batch")


def first_result(space):
    """Run a job; return the seconds until its first mini-batch was scored."""
    began = time.time()
    name, _ = space.score("wine-batch", "azureml:wine-unlabeled@latest")
    return space.first_mini_batch(name) - began


def loader(space):
    """Return how the deployment's model is loaded, None while that is not known."""
    shown = json.loads(space.run("batch-deployment", "show", *DEPLOYMENT))
    return shown.get("batchstudio", {}).get("loader")


def change(space):
    """Change the deployment, as its user does, and wait until it is loaded."""
    log = space.folder / "workspace/executor.log"
    log.write_text("")
    space.run("batch-deployment", "update", *DEPLOYMENT, "--set", f"tags.changed={time.time()}")
    wait_for(lambda: "A deployment is loaded before a job needs it." in log.read_text())


def wait_for(condition, seconds=120):
    end = time.time() + seconds
    while not condition():
        if time.time() > end:
            raise SystemExit("waited in vain")
        time.sleep(0.1)


def measure(space, label, repeats, prepare):
    times = []
    for _ in range(repeats):
        prepare()
        times.append(first_result(space))
    shown = " ".join(f"{seconds:.2f}" for seconds in times)
    print(f"{label}: first mini-batch {statistics.median(times):.2f} s ({shown})", flush=True)


def main(repeats):
    with workspace() as space:
        space.run("sample", "create")
        first_result(space)
        space.stop_executor()
        change(space)
        wait_for(lambda: loader(space) is not None)
        print(f"The model is loaded {loader(space)}.")
        measure(space, "cold", repeats, space.stop_executor)
        measure(space, "warm", repeats, lambda: None)

        def after_change():
            space.stop_executor()
            change(space)

        measure(space, "first job after the deployment was changed", repeats, after_change)
        space.stop_executor()
        space.execute("DELETE FROM loaderProof")
        measure(space, "cold, by MLflow", repeats, space.stop_executor)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
