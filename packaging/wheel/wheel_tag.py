"""Puts the built program and what shells and man read into the wheel, and names the platform."""
import os

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WheelTag(BuildHookInterface):
    def initialize(self, version, build_data):
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{os.environ['BATCHSTUDIO_PLATFORM']}"
        build_data["shared_scripts"][os.environ["BATCHSTUDIO_PROGRAM"]] = "batchstudio"
        share = os.environ["BATCHSTUDIO_SHARE"]
        for folder, _, names in os.walk(share):
            for name in names:
                path = os.path.join(folder, name)
                build_data["shared_data"][path] = os.path.join("share", os.path.relpath(path, share))
