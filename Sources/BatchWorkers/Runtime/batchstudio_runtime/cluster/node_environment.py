"""The environment of a model on a node: that of the submitting machine where it is visible, or one of the same versions."""
import fcntl
import hashlib
import json
import os
import platform
import shutil
import subprocess
import tempfile
from typing import Any, Dict, List, Optional

BUILD_TIMEOUT = 1800.0


class NodeEnvironmentError(Exception):
    """The environment can't be built on this node."""


def cache_folder() -> str:
    """The folder of this node; nodes may share a home and differ in machine or C library, as interpreters and uv do then."""
    root = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    kind = "-".join([platform.machine()] + [word for word in platform.libc_ver() if word])
    return os.path.join(root, "batchstudio", "cluster", kind)


def visible(environment: Dict[str, Any]) -> Optional[str]:
    """The interpreter of the submitting machine, where this node has the same file for the same environment."""
    python: str = environment["python"]
    if not os.access(python, os.X_OK):
        return None
    if environment["digest"] is None:
        return python
    try:
        record = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(python))), "environment.json")
        with open(record, encoding="utf-8") as file:
            return python if json.load(file)["digest"] == environment["digest"] else None
    except (OSError, ValueError, KeyError):
        return None


def place(environment: Dict[str, Any]) -> str:
    """The folder of the environment in this node's cache."""
    key = json.dumps([environment["version"], environment["lock"]])
    return os.path.join(cache_folder(), "environments", hashlib.sha256(key.encode("utf-8")).hexdigest()[:32])


def built(environment: Dict[str, Any]) -> Optional[str]:
    """The interpreter of an environment that was built before."""
    folder = place(environment)
    return folder + "/bin/python" if os.path.exists(folder) else None


def build(environment: Dict[str, Any], uv: str, mark: str) -> str:
    """Builds the environment with exactly the locked versions; returns its interpreter.

    uv has the agent's mark: what the agent leaves is ended with it.
    """
    if not environment["version"]:
        raise NodeEnvironmentError(f"{environment['python']} is not on this node, and was not built by batchstudio")
    folder = place(environment)
    os.makedirs(os.path.dirname(folder), mode=0o700, exist_ok=True)
    with open(folder + ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        python = built(environment)
        if python is not None:
            return python
        variables = dict(os.environ, **environment["variables"])
        name, _, value = mark.partition("=")
        variables[name] = value
        for name in ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME"):
            variables.pop(name, None)
        # In a folder of its own: the uv of an agent that has just been killed may still write to the one it began.
        partial = tempfile.mkdtemp(dir=os.path.dirname(folder), prefix=os.path.basename(folder) + ".partial-")
        try:
            install(environment, uv, partial, variables)
            os.sync()
            os.rename(partial, folder)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    return folder + "/bin/python"


def install(environment: Dict[str, Any], uv: str, folder: str, variables: Dict[str, str]) -> None:
    """Makes an environment that works under another name of its folder too."""
    run([uv, "venv", "--quiet", "--no-project", "--relocatable", "--clear", "--python", environment["version"], folder],
        variables)
    with open(folder + "/lock.txt", "w", encoding="utf-8") as file:
        file.write("\n".join(environment["lock"]) + "\n")
    if environment["lock"]:
        run([uv, "pip", "install", "--quiet", "--no-deps", "--python", folder + "/bin/python", "-r", folder + "/lock.txt"],
            variables)


def run(words: List[str], variables: Dict[str, str]) -> None:
    try:
        done = subprocess.run(
            words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=variables,
            timeout=BUILD_TIMEOUT)
    except subprocess.TimeoutExpired:
        raise NodeEnvironmentError(f"uv {words[1]} has not ended after {BUILD_TIMEOUT:.0f} seconds")
    if done.returncode != 0:
        text = done.stdout.decode("utf-8", "replace").strip()[-1500:]
        raise NodeEnvironmentError(f"uv {words[1]} failed: {text}")
