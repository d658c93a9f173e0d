import BatchDomain
import FoundationEssentials
import SystemKit

/// Carries out the attempts of one build: starts uv and Python, reads what they say, reports every word.
struct EnvironmentBuild {
    /// The request.
    let request: EnvironmentRequest
    /// Where it goes.
    let slot: EnvironmentSlot
    /// Who builds.
    let uv: UVTool
    /// The process's environment.
    let variables: [String: String]
    /// True when packages without wheels may be built, which needs compilers and minutes.
    let buildsFromSource: Bool
    /// The job's log.
    let report: @Sendable (String) -> Void
    /// True when the network was not reachable.
    private(set) var isOffline = false
    /// True when builds from source may use a compiler.
    private var mayCompile = true
    /// Extra indexes that could not be reached: pip continues without them, too.
    private var unreachable: Set<String> = []
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

    /// The replacement of the compiler in builds without one.
    static let noCompiler = "/bin/false"

    /// The environment's interpreter.
    var python: String { "\(slot.folder)/\(name)/bin/python" }

    /// A sentence for each extra index that could not be reached.
    var unreachableIndexes: [String] {
        unreachable.sorted().map { index in
            "The index \(index) can't be reached: the packages are those of the other indexes. "
                + "Once it can, remove \(slot.folder) to build again."
        }
    }

    /// Installs what an attempt asks for.
    ///
    /// - Throws: `AttemptFailure` when another attempt may do, `StudioError` when none can.
    mutating func install(_ attempt: BuildAttempt) async throws {
        try await run([
            "venv", "--quiet", "--clear", "--no-project", "--python", attempt.python.path, "\(slot.folder)/\(name)",
        ])
        guard !attempt.requirements.isEmpty else { return }
        let projects = try copyProjects(of: attempt.requirements)
        let list = RequirementList(attempt.requirements, in: request.folder, projects: projects)
        var arguments = ["pip", "install", "--python", python, "-r", try write(list.lines, to: "requirements.txt")]
        if !attempt.source.constraints.isEmpty {
            arguments += ["-c", try write(attempt.source.constraints, to: "constraints.txt")]
        }
        if !buildsFromSource, !attempt.built.contains(AttemptFailure.anyPackage) {
            arguments += ["--only-binary", ":all:"] + attempt.built.sorted().flatMap { ["--no-binary", $0] }
        }
        if attempt.level == .dated, let day = request.packagesUntil {
            arguments += ["--exclude-newer", day]
            arguments += attempt.undated.sorted().flatMap { ["--exclude-newer-package", "\($0)=2999-01-01"] }
        }
        mayCompile = buildsFromSource || attempt.usesCompiler
        try await run(arguments, for: list)
    }

    /// Copies the projects beside a model, which is never changed; a build writes into its project.
    private func copyProjects(of requirements: [String]) throws -> String {
        let folder = slot.folder + "/projects"
        for local in requirements.compactMap(LocalRequirement.init) {
            guard let project = local.project(in: request.folder) else { continue }
            let copy = URL(filePath: "\(folder)/\(local.path)")
            if FileManager.default.fileExists(atPath: copy.path) { continue }
            do {
                let parent = copy.deletingLastPathComponent()
                try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
                try FileCopy.make(of: project, to: copy.path)
            } catch {
                throw EnvironmentFailure.unwritable(copy.path, error)
            }
        }
        return folder
    }

    private func write(_ lines: [String], to name: String) throws -> String {
        let path = "\(slot.folder)/\(name)"
        do {
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: path))
        } catch {
            throw EnvironmentFailure.unwritable(path, error)
        }
        return path
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

    /// The installed packages, by `uv pip freeze`.
    mutating func lock() async throws -> [String] {
        try await run(["pip", "freeze", "--python", python], isSilent: true).lines.filter {
            $0.contains("==") || $0.contains("@")
        }
    }

    /// Brings all files to the disk, as far as the disk obeys, so that a record does not outlive them when the machine loses its power.
    ///
    /// By a process, since `sync(2)` may block a thread for seconds.
    func syncFiles() async {
        #if os(Linux)
        let arguments = ["-f", slot.folder]
        #else
        let arguments: [String] = []
        #endif
        let process = ToolProcess(executable: "/bin/sync", arguments: arguments, variables: variables)
        _ = try? await process.run()
    }

    @discardableResult
    private mutating func run(
        _ arguments: [String],
        for list: RequirementList? = nil,
        isSilent: Bool = false
    ) async throws -> ToolProcess.Outcome {
        let report = report
        let said: @Sendable (String) -> Void = { isSilent ? () : report("  uv: \($0)") }
        let process = ToolProcess(
            executable: uv.path,
            arguments: arguments + (list?.arguments(without: unreachable) ?? []) + (isOffline ? ["--offline"] : []),
            variables: uvVariables(hasIndexes: list?.hasIndexes == true),
            folder: slot.folder
        )
        let outcome = try await process.run(line: said)
        if outcome.succeeded { return outcome }
        let words = UVWords(lines: outcome.lines.map(SecretMask.masked))
        switch words.meaning {
        case .attempt(let failure): throw failure
        case .diskFull: throw EnvironmentFailure.diskFull(slot.folder)
        case .refused(let reason): throw EnvironmentFailure.indexRefuses(reason)
        case .hashMismatch(let reason): throw EnvironmentFailure.hashMismatch(request.owner, reason)
        case .untrusted(let reason): throw EnvironmentFailure.untrusted(reason)
        case .notCached(let reason): throw EnvironmentFailure.noNetwork(request.owner, reason: reason)
        case .noNetwork(let reason):
            if let index = list?.extraIndex(in: reason), unreachable.insert(index).inserted {
                report("The index \(index) can't be reached: installing without it.")
                return try await run(arguments, for: list, isSilent: isSilent)
            }
            guard !isOffline else { throw EnvironmentFailure.noNetwork(request.owner, reason: reason) }
            report("The package index can't be reached: trying with the packages fetched before.")
            isOffline = true
            return try await run(arguments, for: list, isSilent: isSilent)
        }
    }

    /// The user's settings, without those that would direct uv to another environment.
    private func uvVariables(hasIndexes: Bool) -> [String: String] {
        var result = variables.merging(PackageIndexSettings.current(variables).uvVariables) { own, _ in own }
        for name in ["VIRTUAL_ENV", "CONDA_PREFIX", "PYTHONHOME", "PYTHONPATH", "UV_PYTHON", "UV_SYSTEM_PYTHON"] {
            result[name] = nil
        }
        // As pip: the best version of all indexes, not the first index that knows the name.
        if hasIndexes, result["UV_INDEX_STRATEGY"] == nil { result["UV_INDEX_STRATEGY"] = "unsafe-best-match" }
        // A build that calls the compiler fails at once; one that does not need it works.
        if !mayCompile { for name in ["CC", "CXX"] { result[name] = Self.noCompiler } }
        result["UV_PYTHON_DOWNLOADS"] = "never"
        result["UV_NO_PROGRESS"] = "1"
        result["NO_COLOR"] = "1"
        return result
    }
}
