import BatchDomain
import Foundation

/// The proof that this process can start others, in the way in which it starts workers.
package enum ChildProcessProof {
    /// Starts a shell that ends at once.
    ///
    /// - Throws: ``StudioError`` with the system's reason.
    package static func run() async throws {
        let shell = ToolProcess(
            executable: "/bin/sh",
            arguments: ["-c", "echo started"],
            variables: ["PATH": "/usr/bin:/bin"]
        )
        let outcome: ToolProcess.Outcome
        do {
            outcome = try await shell.run()
        } catch {
            throw failure("\(error)")
        }
        if !outcome.succeeded || outcome.lines != ["started"] { throw failure(outcome.text) }
    }

    private static func failure(_ reason: String) -> StudioError {
        StudioError(
            .environment,
            "No process can be started: \(reason)",
            advice: "Raise the limits of memory (ulimit -v), processes (ulimit -u) or open files (ulimit -n)."
        )
    }
}
