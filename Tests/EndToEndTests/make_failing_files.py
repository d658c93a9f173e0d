"""Writes 10,000 small CSV files, 37 of them bad in six ways; with `fix`, rewrites the 37 without their faults."""
import pathlib
import sys

FILES = 10_000
BAD = {
    "not UTF-8": 8, "a column is missing": 8, "not a number": 8, "empty": 7, "a broken Parquet file": 3, "a link to nothing": 3,
}


def row(number):
    return f"alcohol,acidity,sugar\n{number % 13}.5,{number % 7}.25,{number % 5}.125\n"


def spoil(path, kind, number):
    if kind == "not UTF-8":
        path.write_bytes(row(number).encode() + b"\xff\xfe\xfa,1,2\n")
    elif kind == "a column is missing":
        path.write_text("alcohol,acidity\n1.5,2.5\n")
    elif kind == "not a number":
        path.write_text("alcohol,acidity,sugar\n1.5,sour,2.5\n")
    elif kind == "empty":
        path.write_text("")
    elif kind == "a broken Parquet file":
        path.unlink()
        path.with_suffix(".parquet").write_bytes(b"PAR1 and then nothing")
    else:
        path.unlink()
        path.symlink_to(path.parent / "nowhere")


def main(folder, fix):
    folder.mkdir(exist_ok=True)
    kinds = [kind for kind, count in BAD.items() for _ in range(count)]
    for number in range(0 if fix else FILES):
        (folder / f"file-{number:05d}.csv").write_text(row(number))
    for index, kind in enumerate(kinds):
        number = 100 + index * 263
        path = folder / f"file-{number:05d}.csv"
        if not fix:
            spoil(path, kind, number)
        elif kind not in ("a broken Parquet file", "a link to nothing"):
            path.write_text(row(number))
        print(f"{path.name}\t{kind}" if kind != "a broken Parquet file" else f"{path.stem}.parquet\t{kind}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), "fix" in sys.argv[2:])
