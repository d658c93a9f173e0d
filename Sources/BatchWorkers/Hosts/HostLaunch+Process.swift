import BatchDomain
import Foundation
import Subprocess
import SystemPackage

/// The Python process that a launch describes.
extension HostLaunch {
    /// Runs the host until it ends; its output is added to the log.
    ///
    /// - Parameters:
    ///   - socket: Where it connects to.
    ///   - token: What it says hello with.
    ///   - log: The file that takes what it prints.
    ///   - workspaceID: Marks it, and all that it starts.
    ///   - workFolder: Where it runs: not in the runtime's folder, into which a script would write.
    /// - Returns: Its exit code, or the signal that ended it as a negative number.
    /// - Throws: The system's error when it can't be started.
    func run(
        socket: String,
        token: String,
        log: String,
        workspaceID: String,
        workFolder: String
    ) async throws -> Int {
        let own = Telemetry.variables.merging(environment) { $1 }
        var variables: [Environment.Key: String?] = [
            "BATCHSTUDIO_SOCKET": socket,
            "BATCHSTUDIO_TOKEN": token,
            "BATCHSTUDIO_WORKSPACE_ID": workspaceID,
            "PYTHONFAULTHANDLER": "1",
            // Without byte code files each start would compile all libraries again.
            "PYTHONDONTWRITEBYTECODE": nil,
            // Those of the shell that happened to start the executor are none of the job's.
            "PYTHONPATH": nil,
            "PYTHONHOME": nil,
            "VIRTUAL_ENV": nil,
        ]
        for name in unset { variables[Environment.Key(stringLiteral: name)] = .some(nil) }
        if let driver {
            variables["BATCHSTUDIO_CLUSTER"] = try driver.settings(of: self, variables: own)
        } else {
            variables["AZUREML_MODEL_DIR"] = modelFolder
            for (name, value) in own { variables[Environment.Key(stringLiteral: name)] = value }
        }
        try SpareDescriptors.require()
        let file = try FileDescriptor.log(at: log)
        let result = try await Subprocess.run(
            .path(FilePath(driver?.python ?? python)),
            arguments: ["-u", runtimeFolder + (isRemote ? "/cluster_driver.py" : "/host.py")],
            environment: .inherit.updating(variables),
            workingDirectory: FilePath(workFolder),
            platformOptions: .ownSession,
            input: .none,
            output: .fileDescriptor(file, closeAfterSpawningProcess: false),
            error: .fileDescriptor(file, closeAfterSpawningProcess: true)
        )
        return result.terminationStatus.number
    }

    /// The error of a process that can't be started, as with too little memory or too few descriptors.
    static func unstartable(_ python: String, _ error: any Error) -> StudioError {
        let error =
            error as? StudioError
            ?? StudioError(
                .environment,
                "\(error)",
                advice: "Check the limits of memory, processes and open files: ulimit -a."
            )
        return StudioError(.environment, "\(python) can't be started: \(error.message)", advice: error.advice)
    }

    /// Adds a line of the executor's own to the log of a host.
    static func note(_ text: String, in log: String) {
        guard let handle = FileHandle(forWritingAtPath: log) else { return }
        _ = try? handle.seekToEnd()
        try? handle.write(contentsOf: Data(text.utf8))
        try? handle.close()
    }
}
