"""The reasons why a remote file is not available, as messages that hold no secret, whatever the driver raised."""
import contextlib
import re
from typing import Iterator, Optional, Sequence

from batchstudio_runtime.inputs.system_errors import is_disk_full

TRANSIENT_STATUSES = (408, 425, 429, 500, 502, 503, 504)
CONNECTION_ERRORS = (
    "ConnectionError", "ClientConnectionError", "ClientPayloadError", "ServiceRequestError", "ServiceResponseError",
    "EndpointConnectionError", "HTTPClientError", "IncompleteReadError", "ConnectionClosedError", "ClientError", "OSError",
)


class FetchError(Exception):
    """The reason why a file or folder is not available.

    `is_transient` when the same request may succeed later, after `wait` seconds if the server says so.
    """

    def __init__(self, kind: str, message: str, is_transient: bool = False, wait: Optional[int] = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.is_transient = is_transient
        self.wait = wait


class BeyondShare(FetchError):
    """A file without a listed size that is larger than those that are downloaded side by side."""


def changed(property_: str) -> FetchError:
    return FetchError("FileChanged", f"the file's {property_} has changed since the job listed its input")


@contextlib.contextmanager
def translated(name: str) -> Iterator[None]:
    """Turns what a driver raises into a `FetchError`."""
    try:
        yield
    except FetchError:
        raise
    except Exception as error:
        if is_disk_full(error):
            raise
        raise translation(error) from None


def by_status(status: int, reason: str = "", retry_after: Optional[str] = None) -> FetchError:
    text = f"HTTP {status} {reason}" if reason else f"HTTP {status}"
    if status < 400:
        return FetchError("ServerError", f"the server redirects to another address ({text}), which is not followed")
    if status in (401, 403):
        return FetchError("AccessDenied", f"access is denied ({text}): check the credentials")
    if status in (404, 410):
        return FetchError("FileGone", f"there is no such file or folder ({text})")
    if status == 412:
        return changed("ETag")
    wait = int(retry_after) if retry_after and retry_after.isdigit() else None
    return FetchError("ServerError", f"the server answers {text}", status in TRANSIENT_STATUSES, wait)


def translation(error: Exception) -> FetchError:
    names = [kind.__name__ for kind in type(error).__mro__]
    for cause in causes_of(error):
        if isinstance(cause, FetchError):
            return cause
        status = status_of(cause)
        if status and status >= 300:
            return by_status(status)
    if "ClientConnectorDNSError" in names or "Name or service not known" in str(error) or "getaddrinfo" in str(error):
        return FetchError("UnknownHost", f"the server's name can't be resolved (DNS){host_of(error)}", True)
    if any("Certificate" in name or "SSL" in name for name in names) or "CERTIFICATE" in str(error).upper():
        return FetchError("Certificate", "the server's certificate is not trusted")
    if "TimeoutError" in names or "Timeout" in names[0]:
        return FetchError("Timeout", "the server does not answer in time", True)
    if "RedirectClientError" in names[0]:
        return FetchError("ServerError", "the server redirects to an address that is not HTTP")
    if "Redirect" in names[0]:
        return FetchError("ServerError", "the server redirects too many times")
    if isinstance(error, FileNotFoundError) or "ResourceNotFoundError" in names:
        return by_status(404)
    if isinstance(error, PermissionError) or "ClientAuthenticationError" in names or "Credentials" in names[0]:
        return FetchError("AccessDenied", "access is denied: check the credentials")
    if isinstance(error, ConnectionRefusedError) or "refused" in str(error) or "Connect call failed" in str(error):
        return FetchError("NoConnection", f"the server refuses connections{host_of(error)}", True)
    if any(name in CONNECTION_ERRORS for name in names):
        return FetchError("ConnectionLost", f"the connection was lost ({names[0]})", True)
    return FetchError(names[0], masked(str(error)) or names[0])


def causes_of(error: Optional[BaseException]) -> Iterator[BaseException]:
    """Yields an error and its causes."""
    for _ in range(10):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def status_of(error: BaseException) -> Optional[int]:
    response = getattr(error, "response", None)
    if isinstance(response, dict):
        status: Optional[int] = response.get("ResponseMetadata", {}).get("HTTPStatusCode")
        return status
    for name in ("status_code", "status"):
        value = getattr(error, name, None)
        if isinstance(value, int):
            return value
    return None


def host_of(error: BaseException) -> str:
    host = getattr(error, "host", None)
    return f": {host}" if host else ""


def masked(text: str, secrets: Sequence[str] = ()) -> str:
    """Returns the text without queries and users of addresses, and without these secrets."""
    text = re.sub(r"(\w+://)[^\s/@'\"]+@", r"\1***@", text)
    text = re.sub(r"(\w+://[^\s?'\"<>]+)\?[^\s'\"<>]*", r"\1?***", text)
    for secret in secrets:
        text = text.replace(secret, "***")
    return text
