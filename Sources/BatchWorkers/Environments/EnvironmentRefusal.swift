import BatchDomain

/// The error of a build that fails permanently: what is missing, and the command that installs it.
struct EnvironmentRefusal {
    /// The request.
    let request: EnvironmentRequest
    /// The Python it asks for.
    let wanted: PythonVersion
    /// True when that Python is installed.
    let hasWanted: Bool
    /// The attempts made and why each gave nothing, the first first.
    let failures: [(attempt: BuildAttempt, failure: AttemptFailure)]
    /// The uv that was used.
    let uv: UVTool

    /// Characters of a reason that a message takes; uv explains a conflict on many pages.
    private static let maxReasonLength = 1000

    /// The error to throw.
    var error: StudioError {
        if let error = failures.lazy.compactMap({ unbuilt($0.failure) }).last { return error }
        // The failure of the first attempt is the most useful; later ones are about replacements.
        let first = failures.first
        let file = first?.attempt.source.file ?? "its files"
        let python = first.map { " on Python \($0.attempt.python.version)" } ?? ""
        return StudioError(
            .environment,
            "The Python environment of \(request.owner) can't be built. \(file)\(python): \(reason(first?.failure))",
            advice: advice(first?.failure)
        )
    }

    /// A package has only its source, and that can't be built.
    private func unbuilt(_ failure: AttemptFailure) -> StudioError? {
        guard case .buildFailed(let name, let lacksCompiler, let reason) = failure else { return nil }
        let cause = lacksCompiler ? "that takes a compiler, and none is installed" : Self.shortened(reason)
        return StudioError(
            .environment,
            "The Python environment of \(request.owner) is not available: '\(name)' has no wheel, and its source can't be "
                + "built: \(cause).",
            advice: lacksCompiler
                ? "Install one (`sudo apt-get install build-essential python3-dev`) and run the job again."
                : "Name a version of '\(name)' that has wheels, or install what its build lacks; the job's log shows it."
        )
    }

    private static func shortened(_ reason: String) -> String {
        reason.count <= maxReasonLength ? reason : reason.prefix(maxReasonLength) + "… (the job's log has all of it)"
    }

    private func reason(_ failure: AttemptFailure?) -> String {
        switch failure {
        case .unknownPackage(let name, _): "the package index has no package '\(name)'."
        case .some(let failure): Self.shortened(failure.reason)
        case nil: "nothing could be tried."
        }
    }

    private func advice(_ failure: AttemptFailure?) -> String {
        if case .unknownPackage(let name, _) = failure {
            return "Correct the name, or, if '\(name)' comes from a private index, name that with UV_INDEX=https://…"
        }
        if case .invalid = failure { return "Correct that line." }
        if !hasWanted {
            return "It asks for Python \(wanted.minorText), which is not installed: "
                + "`\(uv.path) python install \(wanted.minorText)` or `sudo apt-get install python\(wanted.minorText)`."
        }
        if failure?.reason.contains("wheel") == true {
            return "To build what has no wheel from source, which takes a compiler and minutes: "
                + "`export BATCHSTUDIO_BUILD_FROM_SOURCE=1`, then run the job again."
        }
        return "Change the versions so that they fit together, and run the job again."
    }
}
