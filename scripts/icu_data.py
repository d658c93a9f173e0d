"""Writes the part of Foundation's ICU data that batchstudio needs: python3 icu_data.py ARCHIVE OBJECT.

Foundation brings Unicode's data for all languages, half of the program. The program formats dates as ISO 8601 and numbers as C
does, whatever the user's language: it needs the rules of characters, and of root and English where a library asks for a locale.
OBJECT defines the symbol that the archive's own data has, so that the linker leaves that out.
"""
import pathlib
import re
import struct
import subprocess
import sys
import tempfile

MEMBER = "icu_packaged_data.cpp.o"
TABLES = r"\.icu$|/(nfc|nfkc|nfkc_cf|nfkc_scf|uts46)\.nrm$"
# Of all folders: languages, regions, currencies, units, zones.
LOCALES = r"/(root|en|en_001|en_US|en_US_POSIX|pool|res_index)\.res$"
RULES = (
    r"/(currencyNumericCodes|dayPeriods|genderList|grammaticalFeatures|keyTypeData|likelySubtags|metadata|metaZones|numberingSystems"
    r"|plurals|supplementalData|timezoneTypes|units|windowsZones|zoneinfo64)\.res$"
)
BREAKS = r"/(char|line|sent|title|word)\.brk$"
WANTED = re.compile("|".join([TABLES, LOCALES, RULES, BREAKS]))


def items(data):
    """Return the size of the header, and name and content of each item of ICU's common data."""
    start = struct.unpack_from("<H", data)[0]
    count = struct.unpack_from("<I", data, start)[0]
    entries = [struct.unpack_from("<II", data, start + 4 + 8 * index) for index in range(count)]
    ends = [offset for _, offset in entries[1:]] + [len(data) - start]
    found = []
    for (name, offset), end in zip(entries, ends):
        last = data.index(b"\0", start + name)
        found.append((data[start + name:last], data[start + offset:start + end]))
    return start, found


def packed(header, kept):
    """Return ICU's common data with these items, each at a multiple of 16 bytes."""
    table = struct.pack("<I", len(kept))
    names = b"".join(name + b"\0" for name, _ in kept)
    place_of_name = len(table) + 8 * len(kept)
    place = (place_of_name + len(names) + 15) // 16 * 16
    body = b"\0" * (place - place_of_name - len(names))
    for name, content in kept:
        table += struct.pack("<II", place_of_name, place)
        content += b"\0" * (-len(content) % 16)
        place_of_name += len(name) + 1
        place += len(content)
        body += content
    return header + table + names + body


def main(archive, target):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        member = folder / MEMBER
        member.write_bytes(subprocess.check_output(["ar", "p", archive, MEMBER]))
        symbols = subprocess.check_output(["nm", str(member)], universal_newlines=True).split()
        subprocess.check_call(["objcopy", "-O", "binary", "--only-section=.rodata", str(member), str(folder / "all.dat")])
        data = (folder / "all.dat").read_bytes()
        start, found = items(data)
        kept = [item for item in found if WANTED.search(item[0].decode())]
        (folder / "some.dat").write_bytes(packed(data[:start], kept))
        source = '.section .rodata\n.globl {0}\n.balign 16\n{0}:\n.incbin "{1}"\n'.format(symbols[-1], folder / "some.dat")
        (folder / "data.s").write_text(source + '.section .note.GNU-stack,"",%progbits\n')
        subprocess.check_call(["cc", "-c", "-o", target, str(folder / "data.s")])


if __name__ == "__main__":
    main(*sys.argv[1:])
