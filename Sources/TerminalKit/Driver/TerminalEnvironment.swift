internal import Glibc

/// The terminal's capabilities by the environment.
struct TerminalEnvironment {
    /// `$TERM`.
    let name: String
    /// False when `NO_COLOR` is set and not empty (no-color.org).
    let allowsColor: Bool
    private let wantsExactColors: Bool

    init(exactColors: Bool?) {
        self.init(exactColors: exactColors) { name in getenv(name).map { String(cString: $0) } }
    }

    init(exactColors: Bool?, variable: (String) -> String?) {
        name = variable("TERM") ?? ""
        allowsColor = (variable("NO_COLOR") ?? "").isEmpty
        let claim = variable("COLORTERM")
        wantsExactColors = exactColors ?? (claim == "truecolor" || claim == "24bit")
    }

    /// Names to try in terminfo, best first.
    ///
    /// Debian has the `-direct` ones in ncurses-term, which few have installed.
    var candidates: [String] {
        guard wantsExactColors, allowsColor else { return [name] }
        let suffix = "-256color"
        let base = name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name
        return [base + "-direct", name]
    }
}
