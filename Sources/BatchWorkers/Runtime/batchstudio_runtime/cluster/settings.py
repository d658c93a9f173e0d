"""What the executor hands to the driver beside the protocol: the cluster, and the environment of the model."""
import json
import os
from typing import Any, Dict, List, Optional


class ClusterSettings:
    """Read from the variable `BATCHSTUDIO_CLUSTER`."""

    def __init__(self, text: str) -> None:
        fields: Dict[str, Any] = json.loads(text)
        self.name: str = fields["name"]
        self.address: str = fields["address"]
        self.cpus: float = fields["cpus"]
        self.gpus: float = fields["gpus"]
        self.memory: Optional[int] = fields.get("memory")
        self.custom: Dict[str, float] = fields["custom"]
        self.ships: bool = fields["storage"] == "ship"
        self.node_timeout: float = fields["node_timeout"]
        self.runtime: str = fields["runtime"]
        self.python: str = fields["python"]
        self.uv: Optional[str] = fields.get("uv")
        self.uv_variables: Dict[str, str] = fields["uv_variables"]
        self.variables: Dict[str, str] = fields["variables"]

    @property
    def needs(self) -> Dict[str, float]:
        """The resources of a worker by Ray's names."""
        needs = {"CPU": self.cpus, "GPU": self.gpus, "memory": float(self.memory or 0)}
        needs.update(self.custom)
        return {name: number for name, number in needs.items() if number > 0}

    def environment(self) -> Dict[str, Any]:
        """The model's environment: where it is here, and what it takes to build it on a node."""
        record = self.record()
        return {
            "python": self.python,
            "digest": record.get("digest"),
            "version": "{major}.{minor}".format(**record["python"]["version"]) if record else None,
            "lock": record.get("lock", []),
            "variables": self.uv_variables,
        }

    def record(self) -> Dict[str, Any]:
        """The record beside the environment; empty for an interpreter that was not built by batchstudio."""
        try:
            with open(record_path(self.python), encoding="utf-8") as file:
                return json.load(file)
        except (OSError, ValueError):
            return {}


def record_path(python: str) -> str:
    """Where the record of the environment of an interpreter is: FOLDER/NAME/bin/python has it in FOLDER."""
    return os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(python))), "environment.json")


def lines_of(error: BaseException, limit: int = 1500) -> str:
    """The last lines of an error's text."""
    texts: List[str] = [line for line in str(error).split("\n") if line.strip()]
    return "\n".join(texts)[-limit:] or type(error).__name__
