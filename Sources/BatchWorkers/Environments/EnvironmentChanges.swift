import BatchDomain

/// Names each change of an attempt to the request, for the user to judge.
struct EnvironmentChanges {
    /// The request.
    let request: EnvironmentRequest
    /// The Python it asks for, when a file says.
    let wanted: PythonVersion?
    /// True when that Python is installed.
    let hasWanted: Bool
    /// The environment's folder.
    let folder: String
    /// The attempt that worked.
    let attempt: BuildAttempt
    /// The installed packages.
    let lock: [String]

    /// A warning a change; empty when all is as named.
    var warnings: [String] {
        python + attempt.repairs.map { "Added \($0.requirement): \($0.reason)." } + dated + pins
    }

    private var python: [String] {
        guard let wanted, !attempt.python.version.isSameMinor(as: wanted) else { return [] }
        let used = "Python \(attempt.python.version) is used"
        if hasWanted {
            return ["\(used): for \(wanted.minorText), which was asked for, there are no fitting packages."]
        }
        return [
            "\(used): \(wanted.minorText), which was asked for, is not installed. "
                + "Once it is, remove \(folder) to build again."
        ]
    }

    private var dated: [String] {
        guard attempt.level == .dated, let day = request.packagesUntil else { return [] }
        let exempt = attempt.undated.sorted().joined(separator: ", ")
        let exception = exempt.isEmpty ? "" : " Except for \(exempt), which had no wheels then."
        return ["Only packages published before \(day) were used, the time the model was made.\(exception)"]
    }

    private var pins: [String] {
        attempt.source.requirements.map { Requirement($0) }.compactMap { requirement in
            guard let name = requirement.name, attempt.relaxed.contains(name), let pin = requirement.pin,
                let installed = version(of: name), installed != pin
            else { return nil }
            return "\(name) \(installed) is installed instead of \(pin), which is not available for this Python."
        }
    }

    private func version(of name: String) -> String? {
        lock.lazy.map { Requirement($0) }.first { $0.name == name }?.pin
    }
}
