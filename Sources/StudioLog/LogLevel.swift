package import BatchDomain
package import Logging

/// The level from which a process logs: `--only-show-errors`, `--debug`, `--verbose`, else `BATCHSTUDIO_LOG`.
package struct LogLevel {
    /// The variable that names a level, for commands and for the executors that they start.
    package static let variable = "BATCHSTUDIO_LOG"

    /// `--only-show-errors`: errors alone, whatever else is given.
    package var showsErrorsOnly = false
    /// `--debug`: everything but traces.
    package var isDebug = false
    /// `--verbose`: what is done.
    package var isVerbose = false

    package init(showsErrorsOnly: Bool = false, isDebug: Bool = false, isVerbose: Bool = false) {
        self.showsErrorsOnly = showsErrorsOnly
        self.isDebug = isDebug
        self.isVerbose = isVerbose
    }

    /// Returns the level that flags and variables ask for.
    ///
    /// - Parameters:
    ///   - variables: The environment variables.
    ///   - usual: The level where neither does.
    /// - Returns: The level.
    /// - Throws: ``Problem`` when the variable names no level.
    package func level(
        variables: [String: String],
        usual: Logger.Level
    ) throws(Problem) -> Logger.Level {
        if showsErrorsOnly { return .error }
        if isDebug { return .debug }
        if isVerbose { return .info }
        guard let name = variables[Self.variable], !name.isEmpty else { return usual }
        if let level = Logger.Level(rawValue: name.lowercased()) { return level }
        throw Problem(
            field: Self.variable,
            value: name,
            rule: "must be one of \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", "))",
            example: "\(Self.variable)=debug"
        )
    }
}
