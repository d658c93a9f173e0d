package import BatchDomain
import Foundation

/// Validates a scoring script before it is deployed, without running it.
///
/// Its syntax must be right, and it must have `init()` and `run()`.
package enum ScriptCheck {
    private struct Report: Decodable {
        var python: String
        var problems: [Finding]
    }

    private struct Finding: Decodable {
        var message: String
        var line: Int?
        var column: Int?
        var text: String?
    }

    /// Checks the script of a deployment's code; without a Python on this machine, or with no code, nothing is checked.
    ///
    /// The environment's own Python is not there yet, so each installed one checks, the newest first: a script that one of
    /// them takes is good.
    ///
    /// - Throws: ``StudioError`` with the place of the error, the line and a caret.
    package static func check(
        _ code: ScoringCode?,
        interpreters: PythonInterpreters = .shared,
        cache: CacheFolder = CacheFolder()
    ) async throws {
        guard let code else { return }
        let script = code.folder + "/" + code.script
        // A missing file is reported by the deployment itself, with all other problems.
        guard FileManager.default.fileExists(atPath: script) else { return }
        let installed = await interpreters.installed().sorted { $0.version > $1.version }
        var refusal: Report?
        for python in installed {
            guard let report = try await report(on: script, by: python, cache) else { continue }
            if report.problems.isEmpty { return }
            refusal = refusal ?? report
        }
        if let refusal { throw error(refusal, code) }
    }

    private static func report(
        on script: String,
        by python: PythonInterpreter,
        _ cache: CacheFolder
    ) async throws -> Report? {
        let process = ToolProcess(
            executable: python.path,
            arguments: ["-I", "-S", try RuntimeFiles.install(in: cache.path) + "/script_check.py", script],
            variables: ["PYTHONWARNINGS": "ignore"]
        )
        guard let outcome = try? await process.run(), outcome.succeeded, let line = outcome.lines.last else {
            return nil
        }
        return try? JSONDecoder().decode(Report.self, from: Data(line.utf8))
    }

    private static func error(_ report: Report, _ code: ScoringCode) -> StudioError {
        let texts = report.problems.map { problem in
            guard let line = problem.line else { return "\(code.script) \(problem.message)." }
            let column = problem.column.map { ", column \($0)" } ?? ""
            var text = "\(code.script), line \(line)\(column): \(problem.message) (Python \(report.python))."
            if let source = problem.text {
                text += "\n    " + source.replacing("\t", with: " ")
                if let column = problem.column, column > 0 {
                    text += "\n    " + String(repeating: " ", count: column - 1) + "^\n"
                }
            }
            return text
        }
        return StudioError(
            .scoring,
            "The deployment was not made: its scoring script can't run. " + texts.joined(separator: " "),
            advice: "Fix \(code.folder)/\(code.script)."
        )
    }
}
