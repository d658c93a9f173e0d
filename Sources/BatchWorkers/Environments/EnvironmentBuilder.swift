package import BatchDomain
import FoundationEssentials
import SystemKit

/// Gives jobs their Python environments: built once, kept in the cache, shared by all who ask for the same.
package struct EnvironmentBuilder: Sendable {
    private let cache: CacheFolder
    private let pythons: PythonInterpreters
    private let variables: [String: String]

    package init(
        cache: CacheFolder? = nil,
        pythons: PythonInterpreters = .shared,
        variables: [String: String] = ProcessInfo.processInfo.environment
    ) {
        self.cache = cache ?? CacheFolder(variables: variables)
        self.pythons = pythons
        self.variables = variables
    }

    /// The environment for a request: reused in no time, else built by the policy, every word of it reported.
    ///
    /// - Parameters:
    ///   - request: What the job needs.
    ///   - report: Takes the build's words for the job's log, a line each; credentials are masked.
    /// - Returns: An environment that installs and imports; what was changed of the request is in its record's warnings.
    /// - Throws: `StudioError` with what is missing and the command that would get it; `CancellationError`.
    package func environment(
        for request: EnvironmentRequest,
        report: @escaping @Sendable (String) -> Void
    ) async throws -> PythonEnvironment {
        let report: @Sendable (String) -> Void = { report(SecretMask.masked($0)) }
        let slot = EnvironmentSlot(request.digest, in: cache)
        try cache.create(cache.environments)
        do {
            try await CacheUse.hold(slot.folder)
        } catch let error as FileError {
            throw EnvironmentFailure.unwritable(slot.folder, error)
        }
        if let ready = slot.finished() { return reused(ready, for: request, report) }
        let lock = try await cache.lock(at: slot.lock) {
            report("Another process is building this environment: waiting for it.")
        }
        defer { lock.release() }
        if let ready = slot.finished() { return reused(ready, for: request, report) }
        if slot.clear() { report("Removed the files of an interrupted build; building again.") }
        do {
            return try await build(request, in: slot, report)
        } catch {
            _ = slot.clear()
            throw error
        }
    }

    /// The finished environment for a request, if there is one; starts nothing.
    package func existing(for request: EnvironmentRequest) -> PythonEnvironment? {
        let slot = EnvironmentSlot(request.digest, in: cache)
        // Only of one that is there, since a lock's file stays; and once more, since it may have been removed until it was held.
        guard slot.finished() != nil, (try? CacheUse.attempt(slot.folder)) ?? false else { return nil }
        return slot.finished()
    }

    private func reused(
        _ environment: PythonEnvironment,
        for request: EnvironmentRequest,
        _ report: @Sendable (String) -> Void
    ) -> PythonEnvironment {
        report("Environment \(environment.digest.prefix(12)) is there already: \(environment.record.attempt).")
        // Records of earlier versions hold what was left out of the files of the model that was first.
        let warnings = environment.record.warnings.filter { !$0.hasPrefix("Left out, since only conda") }
        for warning in request.notes(for: environment.record) + warnings { report("Warning: \(warning)") }
        return environment
    }

    private func build(
        _ request: EnvironmentRequest,
        in slot: EnvironmentSlot,
        _ report: @escaping @Sendable (String) -> Void
    ) async throws -> PythonEnvironment {
        let clock = ContinuousClock()
        let start = clock.now
        report("Environment \(slot.digest.prefix(12)) for \(request.owner) is being built.")
        let installed = await pythons.installed(lookingFor: request.wantedPython)
        guard let first = installed.first else { throw EnvironmentFailure.noPython }
        let uv = try await UVTool.findOrInstall(cache: cache, pythons: pythons, variables: variables, report: report)
        try cache.create(slot.folder)

        let wanted = request.wantedPython ?? first.version
        let interpreters = try await PythonDownload(uv: uv, cache: cache, variables: variables)
            .completing(installed, with: wanted, pythons: pythons, report: report)
        var build = EnvironmentBuild(request: request, slot: slot, uv: uv, variables: variables, report: report)
        let (attempt, warnings) = try await carryOut(request, wanted: wanted, on: interpreters, with: &build)
        let lock = try await build.lock()
        let changes = EnvironmentChanges(
            request: request,
            wanted: request.wantedPython,
            hasWanted: interpreters.matching(wanted) != nil,
            folder: slot.folder,
            attempt: attempt,
            lock: lock
        )
        let record = EnvironmentRecord(
            digest: slot.digest,
            owner: request.owner,
            attempt: attempt.description,
            source: attempt.source.file,
            wantedPython: request.wantedPython?.description,
            python: attempt.python,
            requirements: attempt.requirements.map(SecretMask.masked),
            lock: lock.map(SecretMask.masked),
            warnings: (changes.warnings + build.unreachableIndexes + warnings).map(SecretMask.masked),
            uvVersion: uv.version,
            builtAt: Date(timeIntervalSince1970: Date.now.timeIntervalSince1970.rounded()),
            seconds: (clock.now - start) / .seconds(1),
            folder: build.name
        )
        await build.syncFiles()
        let environment = try slot.finish(record)
        for warning in request.notes(for: record) + record.warnings { report("Warning: \(warning)") }
        let seconds = (record.seconds * 10).rounded() / 10
        let packages = lock.count == 1 ? "1 package" : "\(lock.count) packages"
        report("The environment is ready after \(seconds) s: \(packages) on Python \(attempt.python.version).")
        return environment
    }

    /// Makes attempts until one works; of those that only install, the first counts when none does.
    private func carryOut(
        _ request: EnvironmentRequest,
        wanted: PythonVersion,
        on interpreters: [PythonInterpreter],
        with build: inout EnvironmentBuild
    ) async throws -> (attempt: BuildAttempt, warnings: [String]) {
        var plan = BuildPlan(
            request,
            wanted: wanted,
            interpreters: interpreters,
            hasCompiler: CompilerSearch(variables: variables).path != nil
        )
        var failures: [(attempt: BuildAttempt, failure: AttemptFailure)] = []
        while let attempt = plan.next() {
            build.report("Attempt \(failures.count + 1): \(attempt).")
            for requirement in attempt.requirements { build.report("  \(requirement)") }
            do {
                try await build.install(attempt)
                try await build.check()
                return (attempt, [])
            } catch let failure as AttemptFailure {
                failures.append((attempt, failure))
                plan.learn(failure, from: attempt)
            }
        }
        if let fallback = plan.fallback, let failure = failures.first(where: { $0.attempt == fallback })?.failure {
            build.report("No attempt does better; going back to: \(fallback).")
            try await build.install(fallback)
            return (fallback, ["A library that is installed can't be imported: \(failure.reason)"])
        }
        throw EnvironmentRefusal(
            request: request,
            wanted: wanted,
            hasWanted: interpreters.matching(wanted) != nil,
            failures: failures,
            uv: build.uv
        ).error
    }
}
