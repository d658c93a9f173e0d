"""Prints the licences of all that is in the program: notices.py DEPENDENCIES CHECKOUTS

DEPENDENCIES is what `swift package show-dependencies --format json` prints, CHECKOUTS the folder with the packages' sources. A
part without a licence ends the program with exit code 1: packages without their licences must not be made.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

from parts_list import LINKED, debian_version, swift_packages, swift_version

# Libraries inside of others, whose licences are not in the packages that bring them; Debian has the same libraries.
INNER = (("libyaml, in Yams", "libyaml-dev"), ("ICU, in Foundation", "libicu-dev"))
NAMES = ("LICENSE", "LICENSE.txt", "LICENSE.md", "NOTICE", "NOTICE.txt")


def licences_of(folder):
    return [path.read_text(encoding="utf-8") for path in (folder / name for name in NAMES) if path.is_file()]


def debian_licences(name):
    """Return the copyright file of a package, which is downloaded and unpacked where it is not installed."""
    path = pathlib.Path("/usr/share/doc") / name / "copyright"
    if path.is_file():
        return [path.read_text(encoding="utf-8")]
    with tempfile.TemporaryDirectory() as folder:
        # As root, apt wants to download as a user that may not write here.
        done = subprocess.run(["apt-get", "-o", "APT::Sandbox::User=root", "download", "-q", name], cwd=folder,
                              stdout=subprocess.DEVNULL, check=False)
        for archive in pathlib.Path(folder).glob("*.deb"):
            subprocess.run(["dpkg-deb", "-x", archive.name, "."], cwd=folder, check=True)
        path = pathlib.Path(folder) / "usr/share/doc" / name / "copyright"
        return [path.read_text(encoding="utf-8")] if done.returncode == 0 and path.is_file() else []


def parts(dependencies, checkouts):
    """Yield the name, the version and the licences of each part."""
    tree = json.loads(pathlib.Path(dependencies).read_text(encoding="utf-8"))
    for name, found, url in sorted(set(swift_packages(tree))):
        folder = pathlib.Path(checkouts) / url.removesuffix(".git").rpartition("/")[2]
        yield name, found, licences_of(folder)
    swift = pathlib.Path(shutil.which("swift")).resolve().parents[1]
    texts = [path.read_text(encoding="utf-8") for path in [swift / "share/swift/LICENSE.txt"] if path.is_file()]
    yield "Swift: its runtime, Foundation and Dispatch", swift_version(), texts
    for name in LINKED:
        yield "Debian's " + name, debian_version(name), debian_licences(name)
    for title, name in INNER:
        yield title + ": the licence as in Debian's " + name, None, debian_licences(name)


def main(dependencies, checkouts):
    missing = []
    print("batchstudio contains the following parts, under their licences. Its own licence is MIT.")
    for name, version, texts in parts(dependencies, checkouts):
        if not texts:
            missing.append(name)
        print("\n" + "=" * 78 + "\n" + name + " " + (version or "") + "\n" + "=" * 78)
        for text in texts:
            print("\n" + text.strip())
    if missing:
        sys.exit("The licences of these parts were not found: " + ", ".join(missing))


if __name__ == "__main__":
    main(*sys.argv[1:])
