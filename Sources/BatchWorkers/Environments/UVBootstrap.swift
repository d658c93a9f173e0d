import BatchDomain
import FoundationEssentials
import Glibc
import SystemKit

/// Downloads uv from the user's package index with Python's own tools.
struct UVBootstrap {
    /// Where the copy goes.
    let cache: CacheFolder
    /// The Pythons that can fetch it.
    let pythons: [PythonInterpreter]
    /// The process's environment: pip reads index, proxy and certificates from it.
    let variables: [String: String]

    private static let prefix = "uv-"

    /// Puts a copy into the cache; of several processes at once one does it, the others wait.
    func install(report: @Sendable (String) -> Void) async throws {
        let usable = pythons.filter { $0.version >= PythonVersion(3, 8) }
        guard let python = usable.first else { throw EnvironmentFailure.noPython }
        try cache.create(cache.tools)
        let lock = try await cache.lock(at: cache.tools + "/uv.lock") {
            report("Another process is fetching uv: waiting for it.")
        }
        defer { lock.release() }
        let own = UVTool.ownPath(in: cache)
        // That it exists is not enough: a copy that does not run is replaced.
        if await UVTool.own(in: cache, variables) != nil { return }
        removeAbandonedDownloads()
        report("uv is not installed: fetching it from the package index into \(cache.tools).")
        let folder = "\(cache.tools)/\(Self.prefix)\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let binary = try await fetch(into: folder, with: python, report)
        do {
            try DurableFile.sync(binary)
            guard rename(binary, own) == 0 else { throw FileError(.write, own) }
            try DurableFile.sync(cache.tools)
        } catch {
            throw EnvironmentFailure.unwritable(own, error)
        }
    }

    /// Removes what killed processes have left: who holds the lock is the only one that downloads.
    private func removeAbandonedDownloads() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: cache.tools)) ?? []
        for name in names where name.hasPrefix(Self.prefix) {
            try? FileManager.default.removeItem(atPath: cache.tools + "/" + name)
        }
    }

    /// By `python3 -m venv` and its pip, else by the interpreter's own pip where venv lacks its parts (Debian).
    private func fetch(
        into folder: String,
        with python: PythonInterpreter,
        _ report: @Sendable (String) -> Void
    ) async throws -> String {
        var settings = variables
        settings["PIP_REQUIRE_VIRTUALENV"] = "0"
        settings["PIP_USER"] = "0"
        settings["PYTHONHOME"] = nil
        settings["PYTHONPATH"] = nil
        settings["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
        settings["PIP_NO_INPUT"] = "1"
        @Sendable func line(_ text: String) { report("  " + SecretMask.masked(text)) }
        func run(_ executable: String, _ arguments: [String]) async throws -> ToolProcess.Outcome {
            try await ToolProcess(executable: executable, arguments: arguments, variables: settings).run(line: line)
        }

        let venv = try await run(python.path, ["-m", "venv", folder])
        let list = try RuntimeFiles.install(in: cache.path) + "/" + RuntimeFiles.uvRequirementsName
        let wanted = ["-m", "pip", "install", "--only-binary", ":all:", "--no-deps", "--require-hashes", "-r", list]
        let pip =
            if venv.succeeded {
                try await run(folder + "/bin/python", wanted)
            } else {
                try await run(python.path, wanted + ["--target", folder])
            }
        let binary = folder + "/bin/uv"
        guard pip.succeeded, FileManager.default.isExecutableFile(atPath: binary) else {
            throw failure(venv: venv, pip: pip)
        }
        return binary
    }

    private func failure(venv: ToolProcess.Outcome, pip: ToolProcess.Outcome) -> StudioError {
        let text = venv.text + pip.text
        if text.contains("No space left on device") { return EnvironmentFailure.diskFull(cache.path) }
        if pip.text.contains("No module named pip") {
            return StudioError(
                .environment,
                "Python can neither make virtual environments nor run pip, which fetching uv needs.",
                advice: "Install them: `sudo apt-get install python3-venv`, or install uv and set BATCHSTUDIO_UV."
            )
        }
        let reason = pip.lines.last { $0.hasPrefix("ERROR") || $0.contains("Error") } ?? pip.lines.last
        return EnvironmentFailure.noUV(SecretMask.masked(reason ?? "pip said nothing."))
    }
}
