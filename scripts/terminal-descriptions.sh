#!/bin/sh
# Writes the terminal descriptions that are in the program, from this machine's terminfo database, for where there is none:
# scripts/terminal-descriptions.sh > Sources/TerminalKit/Driver/TerminalDescriptions.swift
set -eu

cat <<'END'
/// Compiled terminfo descriptions for where there is no database, as in a container with nothing but the program.
///
/// Written by `scripts/terminal-descriptions.sh`, in the form that ncurses takes from `$TERMINFO`.
enum TerminalDescriptions {
    /// The description of a terminal type; nil of one that is not built in.
    static func named(_ name: String) -> String? { all[name] }

    private static let all = [
END
for name in xterm-256color xterm tmux-256color screen-256color linux; do
    printf '        "%s":\n            """\n' "$name"
    infocmp -0 -q -x -Q2 "$name" | tr -d '\n' | fold -w 120 | sed 's/^/            /; $!s/$/\\/'
    printf '\n            """,\n'
done
cat <<'END'
    ]
}
END
