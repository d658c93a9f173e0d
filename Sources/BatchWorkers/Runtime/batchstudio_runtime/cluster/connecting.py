"""The connection of the driver to its cluster, and what is said when there is none."""
import os
import re
import socket
import threading
import time
from typing import Any, Callable, Dict, List, Optional, Tuple

from batchstudio_runtime.cluster.failures import ClusterFailure, ClusterRefused, ClusterUnreachable
from batchstudio_runtime.cluster.settings import ClusterSettings, lines_of

PROBE_TIMEOUT = 5.0
CONNECT_TIMEOUT = 30.0
JOIN_TIME = 5.0  # seconds in which a node that was just started registers with the head
OBJECT_STORE = 256 << 20  # bytes of a cluster that is started here


def place_of(address: str) -> Optional[Tuple[str, int]]:
    """Host and port of an address; None where it names none."""
    host, _, port = address.rpartition(":")
    return (host.strip("[]"), int(port)) if host and port.isdigit() else None


def probe(address: str, timeout: float = PROBE_TIMEOUT) -> Optional[str]:
    """Returns why the place can't be reached, None when it can be, or when the address names no place."""
    place = place_of(address)
    if place is None:
        return None
    try:
        socket.create_connection(place, timeout).close()
    except OSError as error:
        return error.strerror or str(error) or type(error).__name__
    return None


def connect(settings: ClusterSettings, give_up: Callable[[ClusterFailure], None]) -> Dict[str, Any]:
    """Connects this process; `give_up` is called from another thread when the cluster does not answer."""
    reason = probe(settings.address)
    if reason is not None:
        raise ClusterUnreachable(f"The cluster {settings.name} at {settings.address} can't be reached: {reason}.")
    # Patch releases of Python exchange what is sent here; without it, Ray refuses them.
    os.environ.setdefault("RAY_DEFAULT_PYTHON_VERSION_MATCH_LEVEL", "minor")
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    # A process of a cluster that is started here is none of a job: it ends with this process.
    os.environ.pop("BATCHSTUDIO_WORKSPACE_ID", None)
    import ray

    def late() -> None:
        give_up(ClusterUnreachable(
            f"The cluster {settings.name} at {settings.address} has not answered after {CONNECT_TIMEOUT:.0f} seconds. "
            "Check its head, that this machine is a node of it (`ray start --address=HOST:PORT --num-cpus=0`), "
            "and that it has the token where token authentication is on."
        ))

    alarm = threading.Timer(CONNECT_TIMEOUT, late)
    alarm.daemon = True
    alarm.start()
    options: Dict[str, Any] = {"address": settings.address, "namespace": "batchstudio", "logging_level": "error"}
    if settings.address == "local":
        options.update(include_dashboard=False, object_store_memory=OBJECT_STORE)
    try:
        if place_of(settings.address) is not None and not is_node(settings.address):
            raise no_node(settings, "Ray has no node here")
        ray.init(**options)
    except ClusterFailure:
        raise
    except Exception as error:
        raise explained(error, settings)
    finally:
        alarm.cancel()
    return {"ray": ray.__version__}


def is_node(address: str) -> bool:
    """Returns whether a node of the cluster runs on this machine; without one Ray waits for it longer than anyone should."""
    from ray._private.services import find_node_ids
    from ray._raylet import GcsClient

    client = GcsClient(address=address)
    end = time.monotonic() + JOIN_TIME
    while True:
        here = set(find_node_ids())
        if here and here & {identifier.hex() for identifier in client.get_all_node_info(timeout=CONNECT_TIMEOUT)}:
            return True
        if time.monotonic() > end:
            return False
        time.sleep(0.5)


def no_node(settings: ClusterSettings, reason: str) -> ClusterUnreachable:
    """Returns a failure that pauses the job: after the head's end this machine's node has to be started again, too."""
    return ClusterUnreachable(
        f"This machine is no node of the cluster {settings.name} at {settings.address}: {reason}. "
        f"Join it with `ray start --address={settings.address} --num-cpus=0`."
    )


def explained(error: Exception, settings: ClusterSettings) -> ClusterFailure:
    """Returns the failure for an error of Ray's."""
    text = lines_of(error)
    where = f"the cluster {settings.name} at {settings.address}"
    if re.search(r"version mismatch|different version|same (ray|python) version", text, re.IGNORECASE):
        return ClusterRefused(
            f"Ray or Python of {where} has another version than the driver. {shortened(text)} "
            "Set ray_version and python_version of the compute target to the cluster's."
        )
    causes = f"{text} {error.__cause__ or ''}"
    if any(words in causes for words in ("raylet", "node_ip", "node table", "No node info")):
        return no_node(settings, shortened(text).rstrip("."))
    if isinstance(error, ConnectionError):
        return ClusterUnreachable(f"There is no connection to {where}: {shortened(text)}")
    return ClusterRefused(f"{where[0].upper()}{where[1:]} refuses the driver: {shortened(text)}")


def shortened(text: str) -> str:
    return re.sub(r"\s+", " ", text)[:600]


def offers(nodes: List[Dict[str, Any]]) -> str:
    """What the nodes of a cluster have, for a message."""
    texts = []
    for node in nodes[:10]:
        resources = {
            name: number for name, number in sorted(node["Resources"].items())
            if not name.startswith(("node:", "object_store_memory"))
        }
        texts.append(f"{node['NodeManagerAddress']} has {described(resources)}")
    return "; ".join(texts) + (f"; and {len(nodes) - 10} more nodes" if len(nodes) > 10 else "")


def described(resources: Dict[str, float]) -> str:
    return ", ".join(f"{name} {number:g}" for name, number in resources.items()) or "nothing"


def fits(node: Dict[str, Any], needs: Dict[str, float]) -> bool:
    """Returns whether a node could hold a worker while nothing else runs on it."""
    return all(node["Resources"].get(name, 0) >= number for name, number in needs.items())
