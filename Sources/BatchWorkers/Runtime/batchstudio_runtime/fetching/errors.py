"""Why a remote file cannot be had, in words for people that hold no secret, whatever the driver raised."""
import contextlib
import errno
import re

DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
TRANSIENT_STATUSES = (408, 425, 429, 500, 502, 503, 504)


class FetchError(Exception):
    """Why a file or folder cannot be had; `is_transient` when the same request may work a moment later."""

    def __init__(self, kind, message, is_transient=False, wait=None):
        super().__init__(message)
        self.kind = kind
        self.is_transient = is_transient
        self.wait = wait


class BeyondShare(FetchError):
    """A file without a listed size that is larger than those that are fetched side by side."""


def changed(words):
    return FetchError("FileChanged", "the file has another {} than when the job listed its input".format(words))


@contextlib.contextmanager
def translated(name):
    """Turn what a driver raises into a `FetchError`."""
    try:
        yield
    except FetchError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in DISK_FULL:
            raise
        raise translation(error) from None


def by_status(status, reason="", retry_after=None):
    text = "HTTP {}{}".format(status, " " + reason if reason else "")
    if status < 400:
        return FetchError("ServerError", "the server redirects to another address ({}), which is not followed".format(text))
    if status in (401, 403):
        return FetchError("AccessDenied", "access is denied ({}): check the credentials".format(text))
    if status in (404, 410):
        return FetchError("FileGone", "there is no such file or folder ({})".format(text))
    if status == 412:
        return changed("etag")
    wait = int(retry_after) if retry_after and retry_after.isdigit() else None
    return FetchError("ServerError", "the server answers {}".format(text), status in TRANSIENT_STATUSES, wait)


def translation(error):
    names = [kind.__name__ for kind in type(error).__mro__]
    for cause in causes_of(error):
        if isinstance(cause, FetchError):
            return cause
        status = status_of(cause)
        if status and status >= 300:
            return by_status(status)
    if "ClientConnectorDNSError" in names or "Name or service not known" in str(error) or "getaddrinfo" in str(error):
        return FetchError("UnknownHost", "the server's name is not known (DNS){}".format(host_of(error)), True)
    if any("Certificate" in name or "SSL" in name for name in names) or "CERTIFICATE" in str(error).upper():
        return FetchError("Certificate", "the server's certificate is not trusted")
    if "TimeoutError" in names or "Timeout" in names[0]:
        return FetchError("Timeout", "the server does not answer in time", True)
    if "RedirectClientError" in names[0]:
        return FetchError("ServerError", "the server redirects to what is no web address")
    if "Redirect" in names[0]:
        return FetchError("ServerError", "the server redirects without end")
    if isinstance(error, FileNotFoundError) or "ResourceNotFoundError" in names:
        return by_status(404)
    if isinstance(error, PermissionError) or "ClientAuthenticationError" in names or "Credentials" in names[0]:
        return FetchError("AccessDenied", "access is denied: check the credentials")
    if isinstance(error, ConnectionRefusedError) or "refused" in str(error) or "Connect call failed" in str(error):
        return FetchError("NoConnection", "the server does not take connections{}".format(host_of(error)), True)
    connection = ("ConnectionError", "ClientConnectionError", "ClientPayloadError", "ServiceRequestError",
                  "ServiceResponseError", "EndpointConnectionError", "HTTPClientError", "IncompleteReadError",
                  "ConnectionClosedError", "ClientError", "OSError")
    if any(name in connection for name in names):
        return FetchError("ConnectionLost", "the connection was lost ({})".format(names[0]), True)
    return FetchError(names[0], masked(str(error)) or names[0])


def causes_of(error):
    """Yields an error and those that it was made of."""
    for _ in range(10):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def status_of(error):
    response = getattr(error, "response", None)
    if isinstance(response, dict):
        return response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    for name in ("status_code", "status"):
        value = getattr(error, name, None)
        if isinstance(value, int):
            return value
    return None


def host_of(error):
    host = getattr(error, "host", None)
    return ": {}".format(host) if host else ""


def masked(text, secrets=()):
    """Return the text without queries and users of addresses, and without these secrets."""
    text = re.sub(r"(\w+://)[^\s/@'\"]+@", r"\1***@", text)
    text = re.sub(r"(\w+://[^\s?'\"<>]+)\?[^\s'\"<>]*", r"\1?***", text)
    for secret in secrets:
        text = text.replace(secret, "***")
    return text
