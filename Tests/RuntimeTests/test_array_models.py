"""Real models that take tensors and images."""
import importlib.util
import os
import unittest

from mlflow_test_case import IS_REQUIRED, MLflowTestCase, setUpModule  # noqa: F401


class TensorModelTests(MLflowTestCase):
    def test_tables_become_tensors(self):
        worker = self.worker("tensor")
        self.write("header.csv", "a,b,c\n1,2,3\n4,5,6.5\n")
        self.write("plain.csv", "1,2,3\n4,5,6.5\n")
        self.assertEqual(worker.rows(worker.run(["header.csv"])), "0,6.0,header.csv\n1,15.5,header.csv\n")
        self.assertEqual(worker.rows(worker.run(["plain.csv"])), "0,6.0,plain.csv\n1,15.5,plain.csv\n")

    def test_a_table_of_another_width_fails(self):
        worker = self.worker("tensor")
        self.write("good.csv", "1,2,3\n")
        self.write("b.csv", "1,2\n")
        self.assertIn("the file has 2 columns; the model's signature takes (-1, 3)", self.failure(worker, "b.csv"))

    def test_the_header_that_pandas_writes_is_no_row(self):
        import pandas

        worker = self.worker("tensor")
        self.write("t.csv", pandas.DataFrame([[1.0, 2, 3], [4, 5, 6.5]]).to_csv(index=False))
        self.assertIn("was taken as the header that pandas writes", " ".join(worker.check(["t.csv"])["notes"]))
        self.assertEqual(worker.rows(worker.run(["t.csv"])), "0,6.0,t.csv\n1,15.5,t.csv\n")


@unittest.skipIf(importlib.util.find_spec("PIL") is None and not IS_REQUIRED, "Pillow is not installed")
class ImageModelTests(MLflowTestCase):
    def draw(self, name, mode="RGB"):
        from PIL import Image

        Image.new(mode, (3, 2), 7 if mode == "L" else (1, 2, 3)).save(os.path.join(self.folder, name))
        return name

    def test_a_tensor_has_the_signatures_type_and_shape(self):
        worker = self.worker("image")
        self.assertEqual(worker.rows(worker.run([self.draw("a.png")])), "0,36.0,a.png\n")

    def test_without_a_signature_an_image_is_height_width_channels(self):
        worker = self.worker("image_without_signature")
        names = [self.draw("a.png"), self.draw("b.png", "L"), self.draw("c.bmp")]
        self.assertEqual(worker.rows(worker.run(names)), "0,1,2,3,3,a.png\n0,1,2,3,1,b.png\n0,1,2,3,3,c.bmp\n")

    def test_a_binary_column_holds_the_file(self):
        worker = self.worker("image_bytes")
        size = os.path.getsize(os.path.join(self.folder, self.draw("a.png")))
        self.assertEqual(worker.rows(worker.run(["a.png"])), f"0,{size},a.png\n")

    def test_an_image_of_another_shape_fails(self):
        from PIL import Image

        worker = self.worker("image")
        Image.new("RGB", (9, 9)).save(os.path.join(self.folder, "big.png"))
        done = worker.run(["big.png", self.draw("a.png")])
        self.assertEqual([failed["message"] for failed in done["failed"]], [
            "the image is 9×9 with 3 channels (RGB); the model's signature takes (-1, 2, 3, 3)",
        ])
        self.assertEqual([problem["file"] for problem in worker.check(["big.png", "a.png"])["problems"]], ["big.png"])

    def test_a_model_of_columns_takes_no_image(self):
        worker = self.worker("wine")
        done = worker.run([self.draw("a.png")])
        self.assertIn("the model's signature has columns", done["failed"][0]["message"])


if __name__ == "__main__":
    unittest.main()
