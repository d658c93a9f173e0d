import BatchDomain

/// A Python script of the runtime that runs to its end in an environment.
package struct PythonScript: Sendable {
    /// The interpreter's absolute path.
    package var python: String
    /// The script's absolute path.
    package var script: String
    /// Its standard input.
    package var arguments: [String]
    /// Its whole environment.
    package var variables: [String: String]

    package init(python: String, script: String, arguments: [String] = [], variables: [String: String]) {
        self.python = python
        self.script = script
        self.arguments = arguments
        self.variables = variables
    }

    /// Runs it, handing on each line that it prints; cancelling the task stops it with all it started.
    ///
    /// - Throws: ``StudioError`` with its last words when it fails.
    package func run(line: @escaping @Sendable (String) -> Void) async throws {
        // -I: the user's PYTHONPATH and packages in the home folder would change the environment.
        let process = ToolProcess(
            executable: python,
            arguments: ["-I", "-X", "utf8", "-u", script] + arguments,
            variables: variables
        )
        let outcome = try await process.run(line: line)
        if outcome.succeeded { return }
        let words = outcome.lines.last { !$0.isEmpty } ?? "It said nothing."
        throw StudioError(.environment, "\(script) failed: \(words)", advice: "Run it by hand: \(python) -I \(script)")
    }
}
