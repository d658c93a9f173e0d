import Foundation
import PtyHarness
import TestSupport

/// The studio on a pty, pressed, clicked and read by what is on its screen.
final class StudioSession {
    /// The terminal.
    let terminal: PtySession

    /// Opens the studio of a program's workspace and waits for its first page.
    ///
    /// - Parameters:
    ///   - program: Whose workspace it opens.
    ///   - rows: The height of the terminal.
    ///   - columns: The width of the terminal.
    ///   - environment: Variables besides the usual ones.
    ///   - staysHome: Whether the home page, the first one of a new workspace, is left for the endpoints.
    /// - Throws: When the first page doesn't come.
    init(
        _ program: Program,
        rows: Int = 36,
        columns: Int = 120,
        environment: [String: String] = [:],
        staysHome: Bool = false
    ) throws {
        terminal = try Self.terminal(of: program, rows: rows, columns: columns, environment: environment)
        // The hints below name the keys that work, "?" or "f1" for help: the page is there and takes them.
        try terminal.expect(" Help")
        guard !staysHome, terminal.lines[2].hasPrefix(" Home") else { return }
        terminal.send("1")
        // Home lists endpoints too: no key may be meant for it.
        try terminal.wait(for: "the endpoints") { $0.lines[2].hasPrefix(" Endpoints") }
    }

    /// Starts the studio, which may have reasons to refuse.
    static func terminal(
        of program: Program,
        running executable: String = Program.path,
        _ arguments: [String] = [],
        rows: Int = 36,
        columns: Int = 120,
        environment: [String: String] = [:]
    ) throws -> PtySession {
        var variables = program.variables
        for name in ["COLORTERM", "COLUMNS", "LANG", "LC_ALL", "LC_CTYPE", "LINES", "NO_COLOR", "TERM"] {
            variables[name] = nil
        }
        variables["XDG_CONFIG_HOME"] = try configuration(in: program)
        variables["SWIFT_BACKTRACE"] = "enable=no"
        variables.merge(environment) { $1 }
        return try PtySession(executable, arguments, rows: rows, columns: columns, environment: variables)
    }

    /// A folder with everybody's settings but those of the studio: the tests press its standard keys.
    private static func configuration(in program: Program) throws -> String {
        let folder = program.folder + "/config"
        let files = FileManager.default
        guard !files.fileExists(atPath: folder) else { return folder }
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let usual = program.variables["XDG_CONFIG_HOME"] ?? (program.variables["HOME"] ?? "") + "/.config"
        for name in (try? files.contentsOfDirectory(atPath: usual)) ?? [] where name != "batchstudio" {
            try files.createSymbolicLink(atPath: "\(folder)/\(name)", withDestinationPath: "\(usual)/\(name)")
        }
        return folder
    }
}

// MARK: Actions of the user

extension StudioSession {
    /// What the keys send whose names are not what they type.
    private static let sequences = [
        "enter": "\r", "esc": "\u{1b}", "tab": "\t", "shift+tab": "\u{1b}[Z", "space": " ", "backspace": "\u{7f}",
        "up": "\u{1b}[A", "down": "\u{1b}[B", "right": "\u{1b}[C", "left": "\u{1b}[D", "home": "\u{1b}[H",
        "end": "\u{1b}[F", "f10": "\u{1b}[21~", "alt+left": "\u{1b}[1;3D",
        "ctrl+c": "\u{3}", "ctrl+n": "\u{e}", "ctrl+s": "\u{13}", "ctrl+u": "\u{15}", "ctrl+z": "\u{1a}",
    ]

    /// Presses keys, named as the studio's help names them.
    func press(_ keys: String...) {
        for key in keys {
            precondition(Self.sequences[key] != nil || key.count == 1, "there is no key \(key)")
            terminal.send(Self.sequences[key] ?? key)
        }
    }

    /// Types text into a field.
    func type(_ text: String) {
        terminal.send(text)
    }

    /// Clicks on the first place where a text is, when it is there.
    func click(on text: String) throws {
        try expect(text)
        for (row, line) in terminal.lines.enumerated() {
            guard let range = line.range(of: text) else { continue }
            terminal.click(row: row, column: line[..<range.lowerBound].unicodeScalars.count)
            return
        }
    }
}

// MARK: The screen

extension StudioSession {
    /// Waits until a text is on the screen.
    func expect(_ text: String, within limit: Duration = PtySession.patience) throws {
        try terminal.expect(text, within: limit)
    }

    /// Waits until a text is no longer on the screen.
    func expectNo(_ text: String) throws {
        try terminal.expectNo(text)
    }

    /// Waits until one line has all these texts in this order.
    func expectLine(_ texts: String..., within limit: Duration = PtySession.patience) throws {
        try terminal.wait(for: "a line with “\(texts.joined(separator: " … "))”", within: limit) { terminal in
            terminal.lines.contains { line in
                var rest = line[...]
                return texts.allSatisfy { text in
                    guard let range = rest.range(of: text) else { return false }
                    rest = rest[range.upperBound...]
                    return true
                }
            }
        }
    }

    /// Waits until the wizard is at a step.
    func expectStep(_ step: String) throws {
        try expect("● \(step)")
    }
}
