"""The JSON Schemas that batchstudio prints, against the files of the repository: good ones and bad ones."""
import json
import pathlib
import re
import unittest

import jsonschema
import yaml

TESTS = pathlib.Path(__file__).resolve().parents[1]
FIXTURES = TESTS / "BatchManifestTests/Fixtures"
SCRIPTS = TESTS / "EndToEndTests/Scripts"
PROJECT = TESTS / "StudioCommandsTests/Goldens/init"
SCHEMAS = TESTS / "BatchManifestTests/Goldens/schemas"

GOOD = {
    "endpoint": [FIXTURES / "endpoints/endpoint.yml", SCRIPTS / "deploy-and-run/endpoint.yml", PROJECT / "endpoint.yml"],
    "deployment": [
        *(FIXTURES / "deployments").glob("20*.yml"), *SCRIPTS.glob("**/*deployment.yml"), *SCRIPTS.glob("**/seconddp.yml"),
        PROJECT / "deployment.yml",
    ],
    "model": [FIXTURES / "assets/model.yml"],
    "data": [FIXTURES / "assets/data.yml", SCRIPTS / "deploy-and-run/data.yml", PROJECT / "data.yml"],
    "environment": [FIXTURES / "assets/environment.yml"],
    "compute": [FIXTURES / "assets/compute.yml", FIXTURES / "assets/ray.yml"],
    "job": [FIXTURES / "schedules/job.yml"],
    "schedule": [FIXTURES / f"schedules/{name}.yml" for name in ("arrival", "cron", "recurrence")],
    "inputs": [SCRIPTS / "deploy-and-run/inputs.yml"],
}
# What a schema must find in a bad file, by the path of the key.
BAD = {
    "endpoint.yml": ("endpoint", {"name", "auth_mode", "tags", ""}),
    "deployment.yml": (
        "deployment",
        {
            "name", "compute", "", "code_configuration", "resources.instance_count", "settings", "settings.mini_batch_size",
            "settings.retry_settings.timeout", "settings.retry_settings", "settings.error_threshold",
            "settings.logging_level", "settings.environment_variables",
        },
    ),
    "flat.yml": ("deployment", {""}),
    "model.yml": ("model", {"type"}),
    "data.yml": ("data", {"type"}),
    "environment.yml": ("environment", {"name", ""}),
    "compute.yml": ("compute", {"name", "type", "max_instances"}),
    "ray.yml": (
        "compute",
        {
            "name", "", "resources_per_worker.num_cpus", "resources_per_worker.memory", "storage",
        },
    ),
    "schedule.yml": ("schedule", {"name", "trigger.interval", "overlap", "keep.days"}),
    # What is out of a span's range, and keys of another type of trigger, only the reader refuses.
    "arrival.yml": ("schedule", {"trigger.settle"}),
    # Numbers that only Ray refuses.
    "ray-resources.yml": ("compute", set()),
}
# Kinds without a file of the repository, and rules that no file breaks.
TEXTS = [
    ("datastore", "name: d\ntype: s3\nbucket: b", True),
    ("datastore", "name: d\ntype: s3\nbucket: b\ncredentials: {access_key_id: a, secret_access_key: b}", True),
    ("datastore", "name: d\ntype: azure_blob\naccount_name: a\ncontainer_name: c\ncredentials: none", True),
    ("datastore", "name: d\ntype: http\nurl: https://example.org\ncredentials: {headers: {x: y}}", True),
    ("datastore", "name: d\ntype: local\npath: /data", True),
    ("datastore", "name: d\ntype: s3", False),
    ("datastore", "name: d\ntype: s3\nbucket: b\ncredentials: {account_key: k}", False),
    ("datastore", "name: d\ntype: ftp\nurl: ftp://example.org", False),
    ("datastore", "name: d\nbucket: b", False),
    ("job", "endpoint_name: wine-batch\ninputs: {x: {path: ./data, type: uri_folder}}\nstatus: Completed", True),
    ("job", "endpoint_name: wine-batch", False),
    ("job", "endpoint_name: wine-batch\ninputs: {x: {type: uri_folder}}", False),
    ("inputs", "inputs: {x: {path: a}, y: {path: b}}", False),
    ("inputs", "inputs: {x: {path: a, new_only: true}}", True),
    ("inputs", "inputs: {x: {path: a, new_only: sometimes}}", False),
    ("inputs", "settings: {read_options: {delimiter: ';', date_formats: {day: ['%d/%m/%Y']}, header: false}}", True),
    ("inputs", "settings: {read_options: {delimeter: ';'}}", False),
    ("inputs", "settings: {read_options: {delimiter: ';;'}}", False),
    ("inputs", "settings: {split_files: never, memory_limit_per_worker: 2GiB, output_header: true}", True),
    ("inputs", "settings: {split_files: often}", False),
    ("inputs", "settings: {output_file_name: a/b.csv}", False),
    ("deployment", "type: model\nmodel: {name: wine}", False),
    ("deployment", "mini_batch_size: 10\nmodel: azureml:wine@latest", True),
    ("deployment", "type: pipeline\ncomponent: azureml:hello@latest", False),
    ("environment", "name: e\nimage: python:3.12", True),
    ("data", "name: d\ndescription:\npath: ./data", True),
    ("model", "name: wine", False),
]


def validator(kind):
    schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text())
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def leaves(error):
    """Yield the errors that no other error is made of."""
    if not error.context:
        yield error
    for inner in error.context or []:
        yield from leaves(inner)


def problems(kind, text):
    """Return the paths of the keys that the schema refuses."""
    return {
        ".".join(str(key) for key in leaf.absolute_path)
        for error in validator(kind).iter_errors(yaml.safe_load(text)) for leaf in leaves(error)
    }


class SchemaTests(unittest.TestCase):
    def test_good_files_are_valid(self):
        for kind, files in GOOD.items():
            self.assertTrue(files)
            for file in files:
                with self.subTest(file=str(file)):
                    self.assertEqual(problems(kind, file.read_text()), set())

    def test_bad_files_are_refused_at_their_keys(self):
        for name, (kind, wanted) in BAD.items():
            with self.subTest(name=name):
                found = problems(kind, (FIXTURES / "broken" / name).read_text())
                self.assertLessEqual(wanted, found)

    def test_every_file_is_one_of_these(self):
        named = {file for files in GOOD.values() for file in files} | {FIXTURES / "broken" / name for name in BAD}
        # Conda files are not batchstudio's; pipeline deployments are refused, as one of the texts is.
        others = re.compile(r"/(conda|environment|models)/|/pipeline\.yml$")
        places = (FIXTURES, SCRIPTS, PROJECT)
        files = {file for place in places for file in place.glob("**/*.yml") if not others.search(str(file))}
        self.assertEqual(files - named, set())

    def test_texts_are_valid_or_not(self):
        for kind, text, is_valid in TEXTS:
            with self.subTest(text=text):
                self.assertEqual(problems(kind, text) == set(), is_valid)


if __name__ == "__main__":
    unittest.main()
