"""Checks a Ray cluster and prints each finding as a line of JSON: `python cluster_check.py PROBE`.

PROBE is a file of the workspace: nodes with shared storage see what is made beside it. The settings of the cluster are in
BATCHSTUDIO_CLUSTER.
"""
import os
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path[:] = [FOLDER] + [entry for entry in sys.path if entry and os.path.abspath(entry) != FOLDER]
import asyncio  # noqa: E402
import json  # noqa: E402
import platform  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from typing import Any, Dict, List, Optional  # noqa: E402

from batchstudio_runtime.cluster import connecting  # noqa: E402
from batchstudio_runtime.cluster.connecting import described, fits, offers  # noqa: E402
from batchstudio_runtime.cluster.settings import ClusterSettings, lines_of  # noqa: E402
from batchstudio_runtime.cluster.slots import Slots  # noqa: E402

MAX_NODES = 50  # that are looked at one by one
NODE_TIMEOUT = 30.0
LEASE = 30.0


def report(name: str, state: str, found: str, node: Optional[Dict[str, Any]] = None) -> None:
    line: Dict[str, Any] = {"name": name, "state": state, "found": connecting.shortened(found)}
    if node is not None:
        line["node"] = dict(node, state=state)
    print(json.dumps(line), flush=True)


def fail(failure: BaseException) -> None:
    report("reachable", "missing", str(failure))
    os._exit(0)


async def check(settings: ClusterSettings, probe: str) -> None:
    import ray

    nodes = [node for node in ray.nodes() if node["Alive"]]
    fitting = [node for node in nodes if fits(node, settings.needs)]
    free = ray.available_resources()
    report("nodes", "ok" if fitting else "missing",
           f"{len(nodes)}, of which {len(fitting)} can hold a worker ({described(settings.needs)}); "
           f"free: CPU {free.get('CPU', 0):g} of {ray.cluster_resources().get('CPU', 0):g}")
    if not fitting:
        report("workers", "missing", f"no node can hold one: {offers(nodes)}")
        return
    began = time.monotonic()
    try:
        slots = Slots(settings)
        slot = await asyncio.wait_for(slots.take(), NODE_TIMEOUT)
        slots.drop(slot)
        report("workers", "ok", f"one started after {time.monotonic() - began:.1f} s")
    except asyncio.TimeoutError:
        report("workers", "note", f"none was started within {NODE_TIMEOUT:.0f} s: the cluster has no room now")
    await asyncio.gather(*[check_node(node, settings, probe) for node in fitting[:MAX_NODES]])


def offer(node: Dict[str, Any], name: str, settings: ClusterSettings) -> Dict[str, Any]:
    """What the studio shows of a node."""
    has = node["Resources"]
    workers = min((int(has.get(resource, 0) // number) for resource, number in settings.needs.items()), default=0)
    memory = int(has.get("memory", 0))
    return {"name": name, "cpus": has.get("CPU", 0), "gpus": has.get("GPU", 0), "memory": memory, "workers": workers}


async def check_node(node: Dict[str, Any], settings: ClusterSettings, path: str) -> None:
    import ray
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    from batchstudio_runtime.cluster.agent import NodeAgent

    resources = {name: node["Resources"][name] for name in ("CPU", "GPU") if name in node["Resources"]}
    memory = node["Resources"].get("memory", 0) / 1e9
    name = f"node {node['NodeManagerAddress']}#{node['NodeID'][:6]}"
    offered = offer(node, name[len("node "):], settings)
    probe = None if settings.ships else path
    strategy = NodeAffinitySchedulingStrategy(node["NodeID"], soft=False)
    agent = ray.remote(NodeAgent).options(num_cpus=0, scheduling_strategy=strategy).remote(name, LEASE)

    async def ask() -> List[Any]:
        return [await agent.open.remote(), await agent.missing.remote([] if probe is None else [probe])]

    try:
        opened, missing = await asyncio.wait_for(ask(), NODE_TIMEOUT)
    except asyncio.TimeoutError:
        report(name, "missing", f"an agent did not start within {NODE_TIMEOUT:.0f} s", offered)
        return
    except Exception as error:
        report(name, "missing", lines_of(getattr(error, "cause", None) or error), offered)
        return
    finally:
        ray.kill(agent)
    storage = "sees the workspace" if probe is not None else "files travel to it (storage: ship)"
    if missing:
        storage = f"does not see {missing[0]}, which storage: shared needs; storage: ship does not"
    report(name, "missing" if missing else "ok",
           f"{opened['host']}: {described(resources)}, {memory:.1f} GB, "
           f"Ray {opened['ray']}, Python {opened['python']}; {storage}", offered)


def main() -> None:
    from cluster_driver import send_by_value

    settings = ClusterSettings(os.environ.pop("BATCHSTUDIO_CLUSTER"))
    try:
        found = connecting.connect(settings, fail)
    except Exception as error:
        fail(error)
    report("reachable", "ok", f"Ray {found['ray']} on Python {platform.python_version()} here, which the cluster accepts")
    send_by_value()
    loop = asyncio.get_event_loop_policy().new_event_loop()
    asyncio.set_event_loop(loop)
    # A new file: a node may have a workspace of its own at the same place.
    with tempfile.NamedTemporaryFile(prefix="shared-storage-", dir=os.path.dirname(sys.argv[1])) as probe:
        loop.run_until_complete(check(settings, probe.name))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
