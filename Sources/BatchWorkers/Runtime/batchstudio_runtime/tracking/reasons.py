"""The reason why a request to MLflow failed, as a sentence."""
import os
from typing import Iterator, NamedTuple, Optional

# Variables that hold credentials.
NAMES = ("USERNAME", "TOKEN")

# Kinds of failures that need other advice than the model's name.
CREDENTIALS, SERVER = "credentials", "server"


class Reason(NamedTuple):
    """The reason of a failure, and the kind of advice that it needs."""

    sentence: str
    kind: Optional[str] = None


def reason(error: Exception) -> Reason:
    import requests.exceptions
    causes = list(chain(error))
    for cause in causes:
        if isinstance(cause, ModuleNotFoundError):
            return Reason(
                f"its files are in storage that needs the Python module {cause.name}. Download it with mlflow artifacts download "
                "and register the folder"
            )
        if isinstance(cause, requests.exceptions.Timeout) or "Read timed out" in str(cause):
            return Reason("the server does not answer. MLFLOW_HTTP_REQUEST_TIMEOUT sets the seconds of an attempt", SERVER)
        if isinstance(cause, requests.exceptions.ConnectionError):
            return Reason(f"can't connect to the server: {innermost(cause)}", SERVER)
    status = next((status for status in map(http_status, causes) if status), None)
    if status == 401:
        given = "@" in os.environ["MLFLOW_TRACKING_URI"] or any(os.environ.get("MLFLOW_TRACKING_" + name) for name in NAMES)
        return Reason("the server refuses the credentials" if given else "the server asks for credentials", CREDENTIALS)
    if status == 403:
        return Reason("the server does not permit this user to read it", CREDENTIALS)
    return Reason(sentence(error))


def chain(error: Optional[BaseException]) -> Iterator[BaseException]:
    """Yields the error and its causes."""
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def innermost(error: BaseException) -> str:
    """Returns the message of the operating system within the errors of requests and urllib3."""
    for inner in chain(getattr(error.args[0], "reason", error) if error.args else error):
        if isinstance(inner, OSError) and inner.strerror:
            return inner.strerror
    return sentence(error)


def http_status(error: BaseException) -> Optional[int]:
    """Returns the HTTP status in an error of MLflow or requests, or None."""
    response = getattr(error, "response", None)
    if response is not None:
        status: Optional[int] = response.status_code
        return status
    status_code = getattr(error, "get_http_status_code", None)
    return status_code() if status_code else None


def sentence(error: BaseException) -> str:
    """Returns the first line of an error's text without the code that MLflow puts before it."""
    text = str(error).strip().split("\n")[0] or type(error).__name__
    code, _, rest = text.partition(": ")
    return rest if rest and code.isupper() and " " not in code else text
