"""`mlflow models predict`. It takes one CSV file, so the input is unpacked and joined, and its answer is one JSON document.

It reads CSV without the signature's types and refuses texts as times: of such a model a copy without a signature is used.
"""
import gzip
import os
import shutil
import subprocess
import sys

from scoring import input_files

model_folder, input_folder, output = sys.argv[1:4]
files = input_files(input_folder)
joined = output + ".input.csv"
if len(files) == 1 and files[0].endswith(".csv"):
    joined = files[0]
else:
    with open(joined, "wb") as file:
        for number, path in enumerate(files):
            with gzip.open(path) if path.endswith(".gz") else open(path, "rb") as part:
                header = part.readline()
                if number == 0:
                    file.write(header)
                shutil.copyfileobj(part, file)
untyped = model_folder + "-untyped"
command = [os.path.join(os.path.dirname(sys.executable), "mlflow"), "models", "predict",
           "--model-uri", untyped if os.path.isdir(untyped) else model_folder,
           "--input-path", joined, "--output-path", output, "--content-type", "csv", "--env-manager", "local"]
subprocess.run(command, check=True)
