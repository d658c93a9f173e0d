/// The meaning of uv's last lines when it fails (uv 0.5 to 0.13; unknown words count as `other`).
struct UVWords {
    /// The meaning of uv's lines.
    enum Meaning: Equatable {
        /// This attempt can't work.
        case attempt(AttemptFailure)
        /// The index can't be reached.
        case noNetwork(String)
        /// There is no network and the cache does not suffice.
        case notCached(String)
        /// The index wants other credentials.
        case refused(String)
        /// The index's certificate is not trusted.
        case untrusted(String)
        /// A package is not the one whose hash is named.
        case hashMismatch(String)
        /// No room is left.
        case diskFull
    }

    /// uv's lines.
    let lines: [String]

    private var text: String { lines.joined(separator: "\n") }

    /// The cause, without the lines about what went well before.
    var reason: String {
        let start = lines.firstIndex { $0.hasPrefix("error:") || $0.contains("×") } ?? lines.startIndex
        let causes = lines[start...].filter { !$0.isEmpty }.map { line in
            Self.stripped(line, of: ["error: ", "cause: ", "hint: ", "× ", "╰─▶ ", "│ ", "├─▶ "])
        }
        let isHeading = causes.first?.hasPrefix("No solution found") == true && causes.count > 1
        return causes.dropFirst(isHeading ? 1 : 0).joined(separator: " ")
    }

    /// The consequence.
    var meaning: Meaning {
        if says("No space left on device", "os error 28", "Disk quota exceeded") { return .diskFull }
        if says("network was disabled", "network is disabled") { return .notCached(reason) }
        if says("invalid peer certificate", "UnknownIssuer", "certificate verify failed") { return .untrusted(reason) }
        if says("Hash mismatch for") { return .hashMismatch(reason) }
        if says("401 Unauthorized", "403 Forbidden") { return .refused(reason) }
        if says("error sending request", "client error (Connect)", "dns error", "Failed to fetch", "timed out") {
            return .noNetwork(reason)
        }
        if says("Couldn't parse requirement", "Expected `--hash`", "Invalid hash", "`--require-hashes` mode") {
            return .attempt(.invalid(reason: reason))
        }
        if let name = package(after: "Failed to build `") {
            let lacksCompiler = says(EnvironmentBuild.noCompiler)
            return .attempt(.buildFailed(name, lacksCompiler: lacksCompiler, reason: reason))
        }
        if let name = package(after: "disabled, but attempted to build `") {
            return .attempt(.unsatisfiable(mentioned: [], wheelless: [name], reason: reason))
        }
        if says("Building source distributions is disabled") {
            return .attempt(.unsatisfiable(mentioned: [], wheelless: [AttemptFailure.anyPackage], reason: reason))
        }
        if let name = unknownPackage { return .attempt(.unknownPackage(name, reason: reason)) }
        if says("No solution found", "unsatisfiable") {
            return .attempt(.unsatisfiable(mentioned: mentioned, wheelless: wheelless, reason: reason))
        }
        return .attempt(.other(reason: reason))
    }

    /// The package that is named behind some words: `six` of "Failed to build `six==1.0`".
    private func package(after words: String) -> String? {
        guard let start = text.firstRange(of: words)?.upperBound else { return nil }
        let name = text[start...].prefix { !"`= @".contains($0) }
        return name.isEmpty ? nil : Requirement.normalized(name)
    }

    /// The name before "was not found in the package registry".
    private var unknownPackage: String? {
        let words = text.split { $0 == " " || $0 == "\n" }
        guard let place = words.indices.first(where: { words[$0...].starts(with: Self.notFound) }) else { return nil }
        return place > words.startIndex ? String(words[place - 1]) : nil
    }

    private static let notFound: [Substring] = ["was", "not", "found", "in", "the", "package", "registry"]

    /// The names that stand before `==`.
    private var mentioned: Set<String> {
        let words = text.split { " \n(),`".contains($0) }
        return Set(
            words.compactMap { word in
                word.firstRange(of: "==").map { Requirement.normalized(word[..<$0.lowerBound].prefix { $0 != "[" }) }
            }
        ).subtracting([""])
    }

    /// The names before "has no usable wheels", and those that a date leaves without any release.
    private var wheelless: Set<String> {
        let words = text.split { " \n`".contains($0) }
        let names = words.indices.compactMap { place -> Substring? in
            let next = words[(place + 1)...].prefix(4)
            let isWheelless = next.dropFirst().starts(with: ["no", "usable", "wheels"])
            return isWheelless || next.starts(with: ["was", "filtered", "by", "exclude-newer"]) ? words[place] : nil
        }
        return Set(names.map { Requirement.normalized($0.prefix { !"=<>!~[".contains($0) }) })
    }

    private func says(_ phrases: String...) -> Bool {
        phrases.contains { text.contains($0) }
    }

    private static func stripped(_ line: String, of marks: [String]) -> String {
        var rest = Substring(line).drop { $0 == " " }
        for mark in marks where rest.hasPrefix(mark) { rest = rest.dropFirst(mark.count) }
        return String(rest)
    }
}
