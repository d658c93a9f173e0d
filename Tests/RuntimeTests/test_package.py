"""The Swift package embeds each file of the runtime."""
import os
import re
import unittest

from installed_runtime import SOURCES


class PackageTests(unittest.TestCase):
    def test_every_file_of_the_runtime_is_embedded(self):
        with open(os.path.join(SOURCES, "..", "..", "..", "Package.swift")) as manifest:
            embedded = re.findall(r'\.embedInCode\("Runtime/(.*?)"\)', manifest.read())
        present = [name for name in os.listdir(SOURCES) if name.endswith(".py")]
        self.assertEqual(sorted(embedded), sorted(present))


if __name__ == "__main__":
    unittest.main()
