"""A report of a real job in a real browser: what is drawn, what is fetched, and that texts of others stay texts.

`make report-test` runs it; BATCHSTUDIO names the program, REPORT_SCREENSHOTS a folder for pictures of the pages.
"""
import base64
import os
import shutil
import subprocess
import tempfile
import unittest

from browser import Browser, found_browser

PROGRAM = os.environ.get("BATCHSTUDIO", ".build/debug/batchstudio")
NAME = "<script>document.title='run'</script>\"'&=1+1 | \N{RIGHT-TO-LEFT OVERRIDE}x"
FILE = "<img src=x onerror=document.title='run'>.csv"


@unittest.skipUnless(found_browser(), "no Chromium: install one, or name it in $CHROMIUM")
class ReportPageTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = folder.name
        cls.run_program("sample", "create")
        cls.add_job()
        cls.page = os.path.join(cls.folder, "report.html")
        cls.run_program("job", "report", "-n", "night", "--to", cls.page, "--with-rows", "3")
        cls.browser = Browser(found_browser())
        cls.browser.__enter__()
        cls.addClassCleanup(cls.browser.__exit__)

    @classmethod
    def add_job(cls):
        """Scores the sample, and a file whose name and content are hostile."""
        given = os.path.join(cls.folder, "input")
        shutil.copytree(os.path.join(cls.folder, "workspace", "sample", "unlabeled"), given)
        with open(os.path.join(given, FILE), "w", encoding="utf-8") as file:
            file.write("<b>alcohol</b>\n=1+1\n")
        cls.run_program(
            "batch-endpoint", "invoke", "-n", "wine-batch", "--input", given, "--job-name", "night", "--display-name", NAME,
        )
        cls.run_program("job", "stream", "-n", "night")

    @classmethod
    def run_program(cls, *arguments):
        variables = dict(os.environ, BATCHSTUDIO_WORKSPACE=os.path.join(cls.folder, "workspace"))
        ran = subprocess.run(
            [os.path.abspath(PROGRAM)] + list(arguments), env=variables, cwd=cls.folder, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True,
        )
        if ran.returncode != 0:
            raise RuntimeError(f"{arguments}: {ran.stdout}")

    def setUp(self):
        self.browser.show()
        self.browser.open("file://" + self.page)

    def texts(self, selector):
        return self.browser.value(f"[...document.querySelectorAll('{selector}')].map(node => node.textContent)")

    def keep(self, name):
        folder = os.environ.get("REPORT_SCREENSHOTS")
        picture = base64.b64decode(self.browser.send("Page.captureScreenshot", captureBeyondViewport=True)["data"])
        self.assertTrue(picture.startswith(b"\x89PNG") and len(picture) > 10_000, len(picture))
        if folder:
            os.makedirs(folder, exist_ok=True)
            with open(os.path.join(folder, name + ".png"), "wb") as file:
                file.write(picture)

    def test_it_has_all_parts(self):
        self.assertEqual(self.texts("h2"), [
            "Failed files by reason", "Predictions", "Timings", "Environment", "The first 3 rows", "How to repeat it",
        ])
        self.assertEqual(self.texts("section h3"), ["prediction"])
        self.assertIn("class_1", self.texts("section td"))
        self.assertEqual(len(self.texts("h2 + div tbody tr td:first-child")) > 3, True)
        self.keep("light")

    def test_plots_are_drawn(self):
        sizes = self.browser.value(
            "[...document.querySelectorAll('figure svg')].map(svg => [svg.getBoundingClientRect().width,"
            " svg.getBoundingClientRect().height, svg.querySelectorAll('path').length])"
        )
        self.assertEqual(len(sizes), 1)
        for width, height, paths in sizes:
            self.assertTrue(300 < width < 1000 and height > 40 and paths > 3, sizes)

    def test_nothing_is_fetched_and_nothing_runs(self):
        addresses = [request["request"]["url"] for request in self.browser.reported("Network.requestWillBeSent")]
        self.assertEqual([address.split(":")[0] for address in addresses], ["file"])
        self.assertEqual(self.browser.reported("Log.entryAdded") + self.browser.reported("Runtime.exceptionThrown"), [])
        self.assertEqual(self.browser.reported("Runtime.consoleAPICalled"), [])
        self.assertEqual(self.browser.value("document.querySelectorAll('script, img, link, iframe, object').length"), 0)

    def test_texts_of_others_are_shown_as_texts(self):
        shown = NAME.replace("\N{RIGHT-TO-LEFT OVERRIDE}", "\\u{202e}")
        self.assertEqual(self.texts("h1"), [shown + " · batch scoring"])
        self.assertEqual(self.browser.value("document.title"), shown + " · batch scoring")
        self.assertIn(FILE, self.texts("td"))

    def test_it_is_read_on_light_and_on_dark(self):
        found = {}
        for scheme in ("light", "dark"):
            self.browser.show(scheme=scheme)
            found[scheme] = [self.luminance(of, kind) for of, kind in [
                ("body", "backgroundColor"), ("body", "color"), ("figure svg text", "fill"),
            ]]
            self.keep(scheme)
        self.assertTrue(found["light"][0] > 0.9 and max(found["light"][1:]) < 0.3, found)
        self.assertTrue(found["dark"][0] < 0.2 and min(found["dark"][1:]) > 0.6, found)

    def test_it_is_printed_dark_on_white(self):
        self.browser.show(media="print", scheme="dark")
        self.assertEqual((self.luminance("body", "backgroundColor"), self.luminance("body", "color")), (1.0, 0.0))
        self.assertEqual(self.luminance("figure svg text", "fill"), 0.0)
        self.assertEqual(self.browser.value("getComputedStyle(document.querySelector('section')).breakInside"), "avoid")
        printed = base64.b64decode(self.browser.send("Page.printToPDF", printBackground=True)["data"])
        self.assertTrue(printed.startswith(b"%PDF"))

    def test_a_small_window_does_not_scroll_sideways(self):
        self.browser.send("Emulation.setDeviceMetricsOverride", width=380, height=700, deviceScaleFactor=1, mobile=False)
        self.addCleanup(self.browser.send, "Emulation.clearDeviceMetricsOverride")
        self.assertLessEqual(self.browser.value("document.documentElement.scrollWidth"), 380)
        self.keep("small")

    def luminance(self, selector, kind):
        """Returns how bright a colour is: 0 black, 1 white."""
        text = self.browser.value(f"getComputedStyle(document.querySelector('{selector}')).{kind}")
        numbers = [float(part) for part in text[text.index("(") + 1:-1].split(",")[:3]]
        return sum(numbers) / 3 / 255


if __name__ == "__main__":
    unittest.main()
