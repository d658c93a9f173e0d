import BatchDomain
import BatchManifest
import DisplayText
import Logging
import StudioCore
import StudioLog

/// One command's run: its surroundings, its global options, and the ways to answer.
struct Session: Sendable {
    let surroundings: Surroundings
    private let query: Query?
    private let format: OutputFormat?
    /// True when the user named a format in the command.
    private let isFormatNamed: Bool
    /// The user's configuration; nil for commands that do not read it.
    let config: ConfigFile?
    private let isSilent: Bool
    private let level: LogLevel
    /// The log of the command, for the error stream.
    let logger: Logger
    /// The workspace's folder, whether it exists or not.
    let folder: WorkspaceFolder

    /// - Throws: ``ValidationError`` for a query, a level of logging or a configuration that is not understood, before anything is done.
    init(_ surroundings: Surroundings, _ global: GlobalOptions, readsConfig: Bool) throws {
        self.surroundings = surroundings
        config = readsConfig ? try ConfigFile(environment: surroundings.environment) : nil
        level = LogLevel(showsErrorsOnly: global.onlyShowErrors, isDebug: global.debug, isVerbose: global.verbose)
        do {
            query = try global.query.map(QueryParser.parse)
            logger = try Self.logger(.message, level, surroundings, usual: .warning)
        } catch {
            throw ValidationError(error)
        }
        format = global.output ?? config?.value(.output).flatMap { OutputFormat(rawValue: $0) }
        isFormatNamed = global.output != nil
        isSilent = global.onlyShowErrors
        folder = WorkspaceFolder.resolve(
            named: global.workspace ?? config?.workspace(environment: surroundings.environment),
            environment: surroundings.environment,
            currentDirectory: surroundings.currentDirectory
        )
    }

    var console: Console { surroundings.console }

    /// A logger to the error stream, at the level that flags and variables ask for.
    ///
    /// - Throws: ``Problem`` when the variable names no level.
    func logger(_ form: LineLogHandler.Form, usual: Logger.Level) throws(Problem) -> Logger {
        try Self.logger(form, level, surroundings, usual: usual)
    }

    private static func logger(
        _ form: LineLogHandler.Form,
        _ level: LogLevel,
        _ surroundings: Surroundings,
        usual: Logger.Level
    ) throws(Problem) -> Logger {
        let level = try level.level(variables: surroundings.environment, usual: usual)
        return Logger(label: "batchstudio") { [stream = surroundings.console.error] _ in
            LineLogHandler(form, level: level) { stream.print($0) }
        }
    }

    /// Opens the workspace, and starts an executor where jobs are unfinished.
    ///
    /// - Parameter startsExecutor: False for commands whose use case starts it.
    /// - Returns: The use cases of the workspace.
    /// - Throws: ``StudioError`` when the workspace can't be used.
    func openStudio(startsExecutor: Bool = true) async throws -> Studio {
        let studio = try Studio(
            opening: folder,
            for: surroundings.caller,
            executor: surroundings.executor,
            logger: logger,
            now: surroundings.now
        )
        logger.debug("The workspace is open.", metadata: ["workspace": "\(folder.path)"])
        if let reason = studio.readOnlyReason {
            warn("The workspace \(folder.path) is \(reason).")
        } else if startsExecutor {
            try await studio.startExecutorForUnfinishedJobs()
        }
        return studio
    }

    /// Opens a workspace that exists, and starts nothing.
    ///
    /// - Throws: ``StudioError`` with code `notFound` when there is none.
    func openExistingStudio() throws -> Studio {
        try Studio(
            openingExisting: folder,
            for: surroundings.caller,
            executor: surroundings.executor,
            logger: logger,
            now: surroundings.now
        )
    }

    /// Prints the command's answer.
    ///
    /// - Throws: ``Problem`` when the query can't be applied to it.
    func answer(_ output: Output, default format: OutputFormat = .json) throws(Problem) {
        console.output.write(try text(of: output, default: format))
    }

    /// The answer as it is written to the output stream.
    ///
    /// - Throws: ``Problem`` when the query can't be applied to it.
    func text(of output: Output, default format: OutputFormat = .json) throws(Problem) -> String {
        let isTerminal = console.output.isTerminal
        let isColored = isTerminal && surroundings.environment["NO_COLOR"] == nil
        // A query's answer is for a program, so it is JSON where the whole answer would be a table.
        let format = self.format ?? (query == nil ? format : .json)
        let text = try output.rendered(as: format, query: query)
        let safe = isTerminal ? text.escapedForTerminal : text
        return switch format {
        case .jsonc where isColored: ColoredText.json(safe)
        case .yamlc where isColored: ColoredText.yaml(safe)
        case .json, .jsonc, .yaml, .yamlc, .table, .tsv, .none: safe
        }
    }

    /// Prints the command's answer, a value without a table of its own.
    func answer(_ value: ManifestValue) throws(Problem) { try answer(Output(value)) }

    /// True when the command prints an answer at all.
    var isAnswering: Bool { format != OutputFormat.none }

    /// True when the answer is for a program: then nothing else is printed among it.
    var isForProgram: Bool { isFormatNamed || query != nil }

    /// Says something that a user may want to know; shown on a terminal or when asked for.
    func note(_ text: String) {
        if (logger.logLevel <= .info || console.error.isTerminal) && !isSilent { console.error.print(text + "\n") }
    }

    /// Prints a step of something that takes time.
    func report(_ text: String) {
        if !isSilent { console.error.print(text + "\n") }
    }

    /// Rings the bell of a terminal when something that the user waits for has ended, if the user wants that.
    func ring() {
        if config?.value(.notify) == "bell", console.error.isTerminal { console.error.write("\u{7}") }
    }

    /// Warns the user, unless only errors are shown.
    func warn(_ text: String) { logger.warning("\(text)") }

    /// Asks before something is lost.
    ///
    /// - Throws: ``StudioError`` when the user declines, or there is no terminal and `--yes` is missing.
    func confirm(_ question: String, isConfirmed: Bool) throws {
        if isConfirmed { return }
        guard let readLine = console.readLine else {
            throw StudioError(.invalidState, "\(question) Not a terminal.", advice: "Pass --yes to confirm.")
        }
        console.error.print("\(question) (y/N): ")
        let reply = readLine()?.lowercased() ?? ""
        if !["y", "yes"].contains(reply) { throw StudioError(.invalidState, "Nothing was changed.") }
    }

    /// A path as typed, absolute.
    func absolute(_ path: String) -> String { path.absolutePath(in: surroundings.currentDirectory) }

    /// A place of data as typed: a path of this machine becomes absolute, everything else stays.
    func absoluteIfLocal(_ text: String) -> String {
        guard case .local(let path)? = try? DataReference(text, field: "path") else { return text }
        return absolute(path)
    }

    /// A file as typed, read as YAML; without one an empty document, for flags to fill.
    func document(_ file: String?) throws -> YAMLDocument {
        guard let file else { return YAMLDocument(folder: surroundings.currentDirectory) }
        return try YAMLDocument(readingFile: file)
    }
}
