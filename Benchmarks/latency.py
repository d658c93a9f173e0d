"""The latency from the command `invoke` to the first finished mini-batch, cold and warm, on the sample."""
import time

from batchstudio import workspace

with workspace() as space:
    space.run("sample", "create")
    for label in ["cold (new executor, new host)", "warm", "warm", "warm", "warm", "warm"]:
        began = time.time()
        name, total = space.score("wine-batch", "azureml:wine-unlabeled@latest")
        first = space.first_mini_batch(name) - began
        print(f"{label}: first mini-batch {first:.3f} s, whole job {total:.3f} s")
