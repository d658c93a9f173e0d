"""What scripts/prepare.sh says on machines that lack something: one command with everything, one sentence for each cause."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
# What the scripts and the shell need to say anything.
TOOLS = ["sh", "cat", "dirname", "grep", "head", "mkdir", "mktemp", "rm", "sed", "tail", "tr", "mv", "flock", "ldconfig"]
BUILD = ["make", "git", "python3", "ld", "g++", "dpkg-query"]
SEARCH = os.environ["PATH"] + ":/usr/sbin:/sbin"


@unittest.skipUnless(shutil.which("dpkg-query"), "not a Debian")
class PrepareTests(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.bin = self.folder / "bin"
        self.bin.mkdir()
        for tool in TOOLS + BUILD:
            self.link(tool)
        # Not root, and no sudo on the path: nothing is installed.
        self.write("id", "echo 1000")
        self.write("swift", 'echo "Swift version 6.2 (swift-6.2-RELEASE)"')

    def link(self, tool):
        found = shutil.which(tool, path=SEARCH)
        self.assertIsNotNone(found, tool)
        # A version manager's Python is a script that needs more tools: start the real one.
        if tool == "python3":
            return self.write(tool, f'exec "{os.path.realpath(sys.executable)}" "$@"')
        (self.bin / tool).symlink_to(found)

    def write(self, tool, body):
        path = self.bin / tool
        path.unlink(missing_ok=True)
        path.write_text("#!/bin/sh\n" + body + "\n")
        path.chmod(0o755)

    def remove(self, *tools):
        for tool in tools:
            (self.bin / tool).unlink()

    def prepare(self, **variables):
        environment = {"PATH": str(self.bin), "HOME": str(self.folder), "BATCHSTUDIO_UV": "/bin/true"}
        environment.update(variables)
        return subprocess.run(
            ["/bin/sh", str(REPOSITORY / "scripts/prepare.sh")], env={k: v for k, v in environment.items() if v},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60,
        )

    def test_a_machine_with_everything_is_prepared_without_a_word(self):
        done = self.prepare()
        self.assertEqual((done.returncode, done.stdout), (0, ""))

    def test_everything_that_is_missing_is_in_one_command(self):
        self.remove("make", "git", "g++", "swift")
        done = self.prepare()
        self.assertEqual(done.returncode, 1)
        self.assertEqual(
            done.stdout,
            "These system packages are missing: g++ make git\n"
            "Swift is missing. Install Swift 6.2 or later as https://www.swift.org/install says, too.\n"
            "Install them and run make again:\n"
            "    sudo apt-get update && sudo apt-get install -y --no-install-recommends g++ make git\n",
        )

    def test_a_missing_linker_is_found(self):
        self.remove("ld")
        self.assertIn("missing: g++\n", self.prepare().stdout)

    def test_a_swift_that_is_missing_or_old_or_does_not_start_is_named(self):
        advice = " Install Swift 6.2 or later as https://www.swift.org/install says, and run make again.\n"
        cause = "swift: error while loading shared libraries: libcurl.so.4: cannot open shared object file"
        cases = [
            ('echo "Swift version 5.10.1"', "Swift 5.10 is too old."),
            ('echo "Swift version 6.1"', "Swift 6.1 is too old."),
            (f'echo "{cause}" >&2; exit 127', "Swift does not start: " + cause),
        ]
        for body, words in cases:
            with self.subTest(words):
                self.write("swift", body)
                done = self.prepare()
                self.assertEqual((done.returncode, done.stdout), (1, words + advice))
        self.write("swift", 'echo "Apple Swift version 6.10 (x)"')
        self.assertEqual(self.prepare().returncode, 0)
        self.remove("swift")
        self.assertEqual(self.prepare().stdout, "Swift is missing." + advice)

    def test_without_a_network_one_sentence_says_so(self):
        # Nothing listens there.
        index = "http://127.0.0.1:9/simple"
        done = self.prepare(BATCHSTUDIO_UV="", PIP_INDEX_URL=index, PIP_EXTRA_INDEX_URL="", PIP_CONFIG_FILE=os.devnull)
        self.assertEqual(done.returncode, 1)
        lines = done.stdout.splitlines()
        self.assertEqual(len(lines), 2, done.stdout)
        self.assertTrue(lines[0].startswith("Fetching uv"))
        self.assertTrue(lines[1].startswith("uv can't be fetched: ERROR: "), lines[1])
        self.assertTrue(lines[1].endswith("or set BATCHSTUDIO_UV to a uv that is there."), lines[1])


if __name__ == "__main__":
    unittest.main()
