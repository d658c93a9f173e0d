"""Models that are asked without MLflow's check of the input, or as arrays: only where that changes nothing."""
import unittest
import warnings

from mlflow_test_case import MLflowTestCase, setUpModule  # noqa: F401


class UncheckedModelTests(MLflowTestCase):
    """MLflow's check of the input is skipped for tables of the signature's own types, and for no others."""

    def unchecked(self, name):
        import installed_runtime  # noqa: F401

        from batchstudio_runtime.mlflow.unchecked import UncheckedModel

        return UncheckedModel(self.load(name))

    def test_the_check_is_skipped_for_exact_tables(self):
        import make_models

        table = make_models.wine_table(50)
        model = self.unchecked("wine")
        self.assertTrue(model.skips_check_of(table))
        first, second = model.predict(table), model.predict(table)
        self.assertEqual(first.tolist(), second.tolist())
        self.assertEqual(first.tolist(), self.load("wine").predict(table).tolist())
        self.assertTrue(model.skips_check_of(table))

    def test_other_types_columns_and_orders_are_checked(self):
        import make_models

        table = make_models.wine_table(5)
        model = self.unchecked("wine")
        for other in (table.astype("float32"), table[["sugar", "acidity", "alcohol"]], table.assign(more=1.0), table.to_numpy()):
            self.assertFalse(model.skips_check_of(other))

    def kinds_asked(self, name, table):
        """Return the kinds of content that a model is asked for, the second time it sees such a table."""
        import installed_runtime  # noqa: F401

        from batchstudio_runtime.mlflow.unchecked import UncheckedModel

        loaded, kinds = self.load(name), []
        predict = loaded._predict_fn

        def recorded(content, *others, **more):
            kinds.append(type(content).__name__)
            return predict(content)

        loaded._predict_fn = recorded
        expected = self.load(name).predict(table).tolist()
        model = UncheckedModel(loaded)
        self.assertEqual(model.predict(table).tolist(), expected)
        kinds.clear()
        self.assertEqual(model.predict(table).tolist(), expected)
        return kinds

    def test_scikit_learns_own_models_of_floats_get_arrays(self):
        import make_models

        for name in ("wine", "wine_price"):
            with warnings.catch_warnings(record=True) as told:
                warnings.simplefilter("always")
                self.assertEqual(self.kinds_asked(name, make_models.wine_table(50)), ["ndarray"], name)
            self.assertEqual([str(warning.message) for warning in told], [])

    def test_models_that_know_their_columns_by_name_get_tables(self):
        import make_models

        for name in ("centred", "wine_by_name"):
            self.assertEqual(self.kinds_asked(name, make_models.wine_table(50)), ["DataFrame"], name)

    def test_code_of_its_author_anywhere_in_a_model_keeps_it_from_arrays(self):
        import installed_runtime  # noqa: F401
        from sklearn.ensemble import RandomForestClassifier, StackingClassifier
        from sklearn.linear_model import LogisticRegression
        from sklearn.model_selection import GridSearchCV
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import FunctionTransformer, StandardScaler

        from batchstudio_runtime.mlflow.unchecked import sees_numbers_alone

        own = make_pipeline(FunctionTransformer(), LogisticRegression())
        plain = make_pipeline(StandardScaler(), LogisticRegression())
        searched = GridSearchCV(make_pipeline("passthrough", plain), {"passthrough": [FunctionTransformer(), "passthrough"]})
        stacked = StackingClassifier([("a", plain), ("b", own)])
        for model in (own, searched, stacked, make_pipeline(type("Own", (StandardScaler,), {})(), LogisticRegression())):
            self.assertFalse(sees_numbers_alone(model, set()), model)
        for model in (plain, RandomForestClassifier(), StackingClassifier([("a", plain)])):
            self.assertTrue(sees_numbers_alone(model, set()), model)

    def test_a_table_that_fails_as_an_array_is_asked_through_mlflow(self):
        import make_models

        def refuse(table):
            raise ValueError("arrays are not understood any more")

        table = make_models.wine_table(5)
        model = self.unchecked("wine")
        expected = model.predict(table).tolist()
        model._ways[0] = refuse
        self.assertEqual(model.predict(table).tolist(), expected)

    def test_a_way_of_asking_that_raises_is_not_used_again(self):
        import make_models

        def refuse(table):
            raise ValueError("arrays are not understood")

        table = make_models.wine_table(5)
        model = self.unchecked("wine")
        model._ways.insert(0, refuse)
        for _ in range(2):
            self.assertEqual(model.predict(table).tolist(), self.load("wine").predict(table).tolist())
        self.assertNotIn(refuse, model._ways)
        self.assertTrue(model.skips_check_of(table))

    def test_models_that_mlflow_may_convert_for_are_checked(self):
        import make_models

        for name in ("bottle", "two_columns", "wine_without_signature"):
            self.assertFalse(self.unchecked(name).skips_check_of(make_models.wine_table(5)), name)

    def test_a_model_whose_answers_differ_is_asked_through_mlflow(self):
        import make_models

        table = make_models.wine_table(5)
        model = self.unchecked("wine")
        model._ways = [lambda table: numpy_of_zeros(len(table)) - 1]
        expected = self.load("wine").predict(table).tolist()
        self.assertEqual(model.predict(table).tolist(), expected)
        self.assertFalse(model.skips_check_of(table))
        self.assertEqual(model.predict(table).tolist(), expected)


def numpy_of_zeros(length):
    import numpy

    return numpy.zeros(length, dtype="int64")


if __name__ == "__main__":
    unittest.main()
