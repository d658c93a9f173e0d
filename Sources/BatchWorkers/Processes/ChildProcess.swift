import Subprocess
import SystemPackage

extension PlatformOptions {
    /// A session of its own: whoever ends the process ends all that it started, and asks before.
    static var ownSession: PlatformOptions {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(2))]
        return options
    }
}

extension FileDescriptor {
    /// Opens a log that a process adds to, for its owner alone.
    static func log(at path: String) throws -> FileDescriptor {
        try open(
            FilePath(path),
            .writeOnly,
            options: [.create, .append, .closeOnExec],
            permissions: .ownerReadWrite
        )
    }
}

extension TerminationStatus {
    /// An exit code, or the signal as a negative number: as Python's `subprocess` gives it, and ``ProcessEnd`` takes it.
    var number: Int {
        switch self {
        case .exited(let code): Int(code)
        case .signaled(let signal): -Int(signal)
        }
    }
}
