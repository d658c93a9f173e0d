"""Sends a webhook: `python -I deliver.py REQUEST`.

REQUEST is the path of a JSON file: `url`, `headers`, `body`. The last line that is printed is the answer as JSON: `status`,
or `error` where there is none.
"""
import json
import socket
import sys
import urllib.error
import urllib.request
from typing import Any, Dict, Optional

#: Seconds without a byte after which a server counts as gone.
TIMEOUT = 20


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the message is meant for this server, and signed."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Optional[Any]:
        return None


def send(url: str, headers: Dict[str, str], body: str) -> Dict[str, Any]:
    """Sends a message and returns the status of the answer, or why there is none."""
    request = urllib.request.Request(url, data=body.encode(), headers=headers, method="POST")
    opener = urllib.request.build_opener(NoRedirect)
    try:
        with opener.open(request, timeout=TIMEOUT) as response:
            return {"status": response.status}
    except urllib.error.HTTPError as error:
        return {"status": error.code}
    except urllib.error.URLError as error:
        return {"error": f"the server can't be reached: {error.reason}"}
    except socket.timeout:
        return {"error": f"the server did not answer within {TIMEOUT} seconds"}
    except (OSError, ValueError) as error:
        return {"error": f"the message can't be sent: {error}"}
    except Exception as error:
        # What http.client raises for an answer that is none.
        return {"error": f"the server's answer can't be read: {type(error).__name__}"}


def main(path: str) -> None:
    with open(path, encoding="utf-8") as file:
        request = json.load(file)
    print("\n" + json.dumps(send(request["url"], request["headers"], request["body"])))


if __name__ == "__main__":
    main(sys.argv[1])
