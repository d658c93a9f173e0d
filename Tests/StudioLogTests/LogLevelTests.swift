import BatchDomain
import Logging
import StudioLog
import Testing

struct LogLevelTests {
    @Test(
        arguments: [
            (LogLevel(), [:], Logger.Level.warning),
            (LogLevel(), ["BATCHSTUDIO_LOG": ""], .warning),
            (LogLevel(), ["BATCHSTUDIO_LOG": "trace"], .trace),
            (LogLevel(), ["BATCHSTUDIO_LOG": "Error"], .error),
            (LogLevel(isVerbose: true), ["BATCHSTUDIO_LOG": "error"], .info),
            (LogLevel(isDebug: true, isVerbose: true), [:], .debug),
            (LogLevel(showsErrorsOnly: true, isDebug: true), ["BATCHSTUDIO_LOG": "trace"], .error),
        ] as [(LogLevel, [String: String], Logger.Level)]
    )
    func `flags go over the variable, and that over the usual level`(
        flags: LogLevel,
        variables: [String: String],
        level: Logger.Level
    ) throws {
        #expect(try flags.level(variables: variables, usual: .warning) == level)
    }

    @Test func `refuses a level that is none, with those that are`() {
        let problem = #expect(throws: Problem.self) {
            try LogLevel().level(variables: ["BATCHSTUDIO_LOG": "loud"], usual: .warning)
        }
        #expect(problem?.field == "BATCHSTUDIO_LOG" && problem?.value == "loud")
        for level in Logger.Level.allCases { #expect(problem?.rule.contains(level.rawValue) == true) }
    }
}
