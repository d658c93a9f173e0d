"""The model of the image work, which MLflow saves with its code."""
import mlflow.pyfunc


class ImageClassifier(mlflow.pyfunc.PythonModel):
    def __init__(self, classifier):
        self.classifier = classifier

    def predict(self, context, model_input, params=None):
        return self.classifier.predict(model_input.reshape(len(model_input), -1) / 255)
