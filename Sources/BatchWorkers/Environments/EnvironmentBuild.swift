import BatchDomain
import FoundationEssentials

/// Carries out the attempts of one build: starts uv and Python, reads what they say, reports every word.
struct EnvironmentBuild {
    /// What is asked.
    let request: EnvironmentRequest
    /// Where it goes.
    let slot: EnvironmentSlot
    /// Who builds.
    let uv: UVTool
    /// The process's environment.
    let variables: [String: String]
    /// Whether packages without wheels may be built, which needs compilers and minutes.
    let buildsFromSource: Bool
    /// The job's log.
    let report: @Sendable (String) -> Void
    /// Whether the network was found missing.
    private(set) var isOffline = false
    /// The folder of this build; its own, so that a killed build's uv can't write into it.
    let name = "python-" + String(UUID().uuidString.prefix(8)).lowercased()

    init(
        request: EnvironmentRequest,
        slot: EnvironmentSlot,
        uv: UVTool,
        variables: [String: String],
        report: @escaping @Sendable (String) -> Void
    ) {
        self.request = request
        self.slot = slot
        self.uv = uv
        self.variables = variables
        self.report = report
        buildsFromSource = variables["BATCHSTUDIO_BUILD_FROM_SOURCE"] == "1"
    }

    /// The environment's interpreter.
    var python: String { "\(slot.folder)/\(name)/bin/python" }

    /// Installs what an attempt asks for.
    ///
    /// - Throws: `AttemptFailure` when another attempt may do, `StudioError` when none can.
    mutating func install(_ attempt: BuildAttempt) async throws {
        try await run([
            "venv", "--quiet", "--clear", "--no-project", "--python", attempt.python.path, "\(slot.folder)/\(name)",
        ])
        guard !attempt.requirements.isEmpty else { return }
        let list = slot.folder + "/requirements.txt"
        do {
            try Data((attempt.requirements.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: list))
        } catch {
            throw EnvironmentFailure.unwritable(list, error)
        }
        var arguments = ["pip", "install", "--python", python, "-r", list]
        if !buildsFromSource { arguments += ["--only-binary", ":all:"] }
        if attempt.level == .dated, let day = request.packagesUntil {
            arguments += ["--exclude-newer", day]
            arguments += attempt.undated.sorted().flatMap { ["--exclude-newer-package", "\($0)=2999-01-01"] }
        }
        try await run(arguments)
    }

    /// Imports what models stand on.
    func check() async throws {
        report("Checking that the installed libraries can be imported.")
        switch try await ImportCheck(python: python, variables: variables, folder: slot.folder).run() {
        case .works(let modules):
            if !modules.isEmpty { report("Imported: \(modules.joined(separator: ", ")).") }
        case .fails(let reason):
            report("Installed, but an import fails: \(reason)")
            throw AttemptFailure.cannotImport(reason: reason)
        }
    }

    /// What is installed, as `uv pip freeze` tells it.
    mutating func lock() async throws -> [String] {
        try await run(["pip", "freeze", "--python", python], isSilent: true).lines.filter {
            $0.contains("==") || $0.contains("@")
        }
    }

    /// Brings all files to the disk, so that a record never outlives them when the machine dies.
    ///
    /// By a process, since `sync(2)` may block a thread for seconds.
    func settle() async {
        #if os(Linux)
        let arguments = ["-f", slot.folder]
        #else
        let arguments: [String] = []
        #endif
        let process = ToolProcess(executable: "/bin/sync", arguments: arguments, variables: variables)
        _ = try? await process.run()
    }

    @discardableResult
    private mutating func run(_ arguments: [String], isSilent: Bool = false) async throws -> ToolProcess.Outcome {
        let report = report
        let said: @Sendable (String) -> Void = { isSilent ? () : report("  uv: \($0)") }
        let process = ToolProcess(
            executable: uv.path,
            arguments: arguments + (isOffline ? ["--offline"] : []),
            variables: uvVariables,
            folder: slot.folder
        )
        let outcome = try await process.run(line: said)
        if outcome.succeeded { return outcome }
        let words = UVWords(lines: outcome.lines.map(SecretMask.masked))
        switch words.meaning {
        case .attempt(let failure): throw failure
        case .diskFull: throw EnvironmentFailure.diskFull(slot.folder)
        case .refused(let reason): throw EnvironmentFailure.indexRefuses(reason)
        case .untrusted(let reason): throw EnvironmentFailure.untrusted(reason)
        case .notCached(let reason): throw EnvironmentFailure.noNetwork(request.owner, reason: reason)
        case .noNetwork(let reason):
            guard !isOffline else { throw EnvironmentFailure.noNetwork(request.owner, reason: reason) }
            report("The package index can't be reached: trying with the packages fetched before.")
            isOffline = true
            return try await run(arguments, isSilent: isSilent)
        }
    }

    /// The person's settings, without those that would lead uv to another environment than ours.
    private var uvVariables: [String: String] {
        var result = variables.merging(PackageIndexSettings.current(variables).uvVariables) { own, _ in own }
        for name in ["VIRTUAL_ENV", "CONDA_PREFIX", "PYTHONHOME", "PYTHONPATH", "UV_PYTHON", "UV_SYSTEM_PYTHON"] {
            result[name] = nil
        }
        result["UV_PYTHON_DOWNLOADS"] = "never"
        result["UV_NO_PROGRESS"] = "1"
        result["NO_COLOR"] = "1"
        return result
    }
}
