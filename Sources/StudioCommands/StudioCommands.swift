import ArgumentParser

/// The commands of batchstudio: parses what was typed, runs it, and says how it ended.
package enum StudioCommands {
    /// Runs a command; returns its exit code: 0, 2 for what can't be right, 1 for everything else.
    package static func run(_ arguments: [String], in surroundings: Surroundings) async -> Int32 {
        var isDetailed = false
        do {
            var command = try await parse(arguments)
            if let command = command as? any StudioCommand {
                isDetailed = command.global.debug
                let readsConfig = type(of: command).readsConfig
                try await command.run(in: Session(surroundings, command.global, readsConfig: readsConfig))
            } else if var group = command as? any AsyncParsableCommand {
                try await group.run()
            } else {
                try command.run()
            }
            return 0
        } catch {
            return report(error, to: surroundings.console, isDetailed: isDetailed)
        }
    }

    /// Only completions need Swift's pool of threads, which would wake an idle studio once a second (see `WorkThreads`).
    private static func parse(_ arguments: [String]) async throws -> any ParsableCommand {
        guard arguments.first?.hasPrefix("---completion") == true else {
            return try BatchStudio.parseAsRoot(try ArgumentSpelling.canonical(arguments))
        }
        return try await BatchStudio.asyncParseAsRoot(arguments)
    }

    private static func report(_ error: any Error, to console: Console, isDetailed: Bool) -> Int32 {
        if let failure = error as? Failure {
            console.error.print(failure.shown + "\n")
            return failure.exitCode
        }
        let exitCode = BatchStudio.exitCode(for: error)
        if exitCode.isSuccess {
            let help = BatchStudio.fullMessage(for: error, columns: console.output.width)
            console.output.print(CommandHelp.folded(help) + "\n")
            return 0
        }
        let failure = exitCode == .validationFailure ? Failure(usage: error) : Failure(error, isDetailed: isDetailed)
        if !failure.text.isEmpty { console.error.print(failure.shown + "\n") }
        return failure.exitCode
    }
}

extension Failure {
    /// A command line that the parser does not understand.
    fileprivate init(usage error: any Error) {
        let text = BatchStudio.fullMessage(for: error)
        let prefix = "Error: "
        self.init(text: text.hasPrefix(prefix) ? "ERROR: " + text.dropFirst(prefix.count) : text, exitCode: 2)
    }
}
