"""Lists what the program is made of, in CycloneDX: parts_list.py VERSION DEPENDENCIES

DEPENDENCIES is what `swift package show-dependencies --format json` prints. The libraries of the system that are linked in are
those of this machine.
"""
import datetime
import json
import os
import pathlib
import subprocess
import sys
import uuid

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

# Debian's packages whose archives are in the program.
LINKED = ("libc6-dev", "libncurses-dev", "libsqlite3-dev", "libstdc++-12-dev", "zlib1g-dev")


def swift_packages(package):
    """Yield all packages below this one."""
    for dependency in package["dependencies"]:
        yield dependency["identity"], dependency["version"], dependency["url"]
        yield from swift_packages(dependency)


def debian_version(name):
    done = subprocess.run(["dpkg-query", "-W", "-f=${Version}", name], capture_output=True, text=True)
    return done.stdout or None


def swift_version():
    done = subprocess.run(["swift", "--version"], capture_output=True, text=True)
    return done.stdout.split("Swift version ")[-1].split(" ")[0]


def main(version, dependencies):
    tree = json.loads(pathlib.Path(dependencies).read_text())
    # The same list for the same commit.
    bom = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_URL, f"batchstudio {version} {os.environ['SOURCE_DATE_EPOCH']}"))
    bom.metadata.timestamp = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
    program = Component(name="batchstudio", version=version, type=ComponentType.APPLICATION, bom_ref="batchstudio")
    bom.metadata.component = program
    parts = []
    for name, found, url in sorted(set(swift_packages(tree))):
        host, _, path = url.removeprefix("https://").removesuffix(".git").rpartition("/")
        parts.append(Component(name=name, version=found, type=ComponentType.LIBRARY, bom_ref=f"swift:{name}",
                               purl=PackageURL("swift", host, path, found)))
    parts.append(Component(name="swift", version=swift_version(), type=ComponentType.LIBRARY, bom_ref="swift:runtime",
                           description="the runtime, Foundation and Dispatch"))
    for name in LINKED:
        found = debian_version(name)
        if found:
            parts.append(Component(name=name, version=found, type=ComponentType.LIBRARY, bom_ref=f"deb:{name}",
                                   purl=PackageURL("deb", "debian", name, found)))
    for part in parts:
        bom.components.add(part)
    bom.register_dependency(program, parts)
    print(make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2))


if __name__ == "__main__":
    main(*sys.argv[1:])
