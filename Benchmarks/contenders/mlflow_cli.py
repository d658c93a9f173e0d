"""`mlflow models predict`. It takes one file, so the input is joined first, and its answer is one JSON document."""
import os
import subprocess
import sys

from scoring import input_files

model_folder, input_folder, output = sys.argv[1:4]
joined = output + ".input.csv"
with open(joined, "wb") as file:
    for number, path in enumerate(input_files(input_folder)):
        with open(path, "rb") as part:
            header = part.readline()
            if number == 0:
                file.write(header)
            file.write(part.read())
command = [os.path.join(os.path.dirname(sys.executable), "mlflow"), "models", "predict", "--model-uri", model_folder,
           "--input-path", joined, "--output-path", output, "--content-type", "csv", "--env-manager", "local"]
subprocess.run(command, check=True)
