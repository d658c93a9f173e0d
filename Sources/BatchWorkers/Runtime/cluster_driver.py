"""The driver of a Ray cluster: started by the executor in place of host.py when the compute target is a cluster.

It runs in an environment of its own, with the cluster's Ray and Python; docs/worker-protocol.md describes what it says and hears.
"""
import os
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path[:] = [FOLDER] + [entry for entry in sys.path if entry and os.path.abspath(entry) != FOLDER]
import asyncio  # noqa: E402
import platform  # noqa: E402
import resource  # noqa: E402
import signal  # noqa: E402

from batchstudio_runtime.cluster.connecting import connect  # noqa: E402
from batchstudio_runtime.cluster.driver import Driver  # noqa: E402
from batchstudio_runtime.cluster.failures import ClusterFailure, ClusterRefused  # noqa: E402
from batchstudio_runtime.cluster.settings import ClusterSettings  # noqa: E402
from batchstudio_runtime.host import streams  # noqa: E402
from batchstudio_runtime.host.channel import PROTOCOL, Channel, ExecutorIsGone, end_process_group  # noqa: E402
from batchstudio_runtime.host.lifeline import Lifeline  # noqa: E402
from batchstudio_runtime.scoring import errors  # noqa: E402


def main() -> None:
    address = os.environ.pop("BATCHSTUDIO_SOCKET")
    token = os.environ.pop("BATCHSTUDIO_TOKEN")
    settings = ClusterSettings(os.environ.pop("BATCHSTUDIO_CLUSTER"))
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
    # A worker has three descriptors here.
    _, limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    streams.set_up()
    channel = Channel(address)
    channel.send("hello", protocol=PROTOCOL, role="host", token=token, pid=os.getpid(), python=platform.python_version())
    try:
        load = channel.receive()
    except ExecutorIsGone:
        end_process_group()
    # Whatever this process waits for, it ends with the executor; Ray then ends the actors that it owns.
    Lifeline(channel, heartbeat=lambda: None).start()

    def fail(failure: BaseException) -> None:
        fields = {"type": type(failure).__name__, "message": str(failure)}
        if not isinstance(failure, ClusterFailure):
            # No fault of the scoring script, as which other types count.
            described = errors.describe(failure)
            text = f"The driver of the cluster failed. {described['type']}: {described['message']}"
            fields = dict(described, type=ClusterRefused.__name__, message=text)
        print(f"{fields['type']}: {fields['message']}", file=sys.stderr, flush=True)
        channel.send("fatal", **fields)
        os._exit(1)

    try:
        connect(settings, fail)
        send_by_value()
        loop = asyncio.get_event_loop_policy().new_event_loop()
        asyncio.set_event_loop(loop)
        loop.run_until_complete(Driver(channel, address, token, settings, load).run())
    except BaseException as error:
        fail(error)


def send_by_value() -> None:
    """Has Ray send the code of actors along: its processes do not have the runtime's files."""
    from ray import cloudpickle

    from batchstudio_runtime.cluster import (
        agent,
        agent_events,
        agent_host,
        agent_hosts,
        agent_workers,
        node_environment,
        node_files,
        shipped_files,
        slots,
        sweeper,
    )

    for module in (
        agent, agent_events, agent_host, agent_hosts, agent_workers, node_environment, node_files, shipped_files, slots, sweeper
    ):
        cloudpickle.register_pickle_by_value(module)


if __name__ == "__main__":
    main()
