"""Runs a command on a terminal of its own until it shows a text: opens_studio.py TEXT COMMAND [ARGUMENT]...

The exit code is 1 when the text does not appear in a minute, or the command ends before.
"""
import os
import pty
import select
import signal
import sys
import time


def main(wanted, command):
    process, terminal = pty.fork()
    if process == 0:
        os.execvp(command[0], command)
    seen = b""
    deadline = time.monotonic() + 60
    while wanted.encode() not in seen and time.monotonic() < deadline:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        if not data:
            break
        seen += data
    os.kill(process, signal.SIGTERM)
    os.close(terminal)
    os.waitpid(process, 0)
    if wanted.encode() not in seen:
        sys.exit(f"{' '.join(command)} has not shown {wanted!r}, but: {seen[-2000:]!r}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
