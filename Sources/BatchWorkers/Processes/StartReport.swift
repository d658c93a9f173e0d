package import BatchDomain
import Glibc
import Synchronization

/// The pipe on which a detached executor reports how its start went, a line each: `ready`, or `failed: REASON`.
package final class StartReport: Sendable {
    private let descriptor: Mutex<Int32?>

    /// Reports on a descriptor that was inherited; nil for an executor that no process waits for.
    package init(descriptor: Int32?) {
        if let descriptor { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        self.descriptor = Mutex(descriptor)
    }

    /// Reports that jobs run.
    package func ready() { end(with: StartLine.ready) }

    /// Reports why no job can run, unless the executor was ready before.
    package func failed(_ error: any Error) { end(with: .failed(StudioError(startFailure: error))) }

    /// Reports on one of several checks.
    package func checked(_ check: StartCheck, _ result: Result<String, StudioError>) {
        write(.checked(check, result))
    }

    /// Ends the report; whoever waits sees the end of the file.
    func close() {
        descriptor.withLock { descriptor in
            if let descriptor { Glibc.close(descriptor) }
            descriptor = nil
        }
    }

    private func end(with line: StartLine) {
        write(line)
        close()
    }

    private func write(_ line: StartLine) {
        descriptor.withLock { descriptor in
            guard let descriptor else { return }
            let text = line.text + "\n"
            _ = Glibc.write(descriptor, text, text.utf8.count)
        }
    }
}

/// A line of a start report.
package enum StartLine: Equatable {
    case ready
    case failed(StudioError)
    case checked(StartCheck, Result<String, StudioError>)

    /// The line without its end.
    var text: String {
        switch self {
        case .ready: "ready"
        case .failed(let error): "failed: " + Self.fields(error)
        case .checked(let check, .success(let found)): "ok: \(check.rawValue)\t\(Self.plain(found))"
        case .checked(let check, .failure(let error)): "missing: \(check.rawValue)\t\(Self.fields(error))"
        }
    }

    /// Reads a line; nil for what is none.
    init?(_ text: some StringProtocol) {
        if text == "ready" {
            self = .ready
            return
        }
        guard let colon = text.firstRange(of: ": ") else { return nil }
        let rest: Substring = Substring(text[colon.upperBound...])
        let fields = rest.split(separator: Character("\t"), omittingEmptySubsequences: false).map { String($0) }
        func error(_ fields: ArraySlice<String>) -> StudioError {
            StudioError(.environment, fields.first ?? "", advice: fields.dropFirst().first)
        }
        switch (text[..<colon.lowerBound], fields.first.flatMap(StartCheck.init)) {
        case ("failed", _): self = .failed(error(fields[...]))
        case ("ok", let check?): self = .checked(check, .success(fields.dropFirst().first ?? ""))
        case ("missing", let check?): self = .checked(check, .failure(error(fields.dropFirst())))
        default: return nil
        }
    }

    private static func fields(_ error: StudioError) -> String {
        ([error.message] + [error.advice].compactMap { $0 }).map(plain).joined(separator: "\t")
    }

    /// A text that fits in a field: short enough for one write to a pipe, without line breaks and tabs.
    private static func plain(_ text: String) -> String {
        let separator: (Character) -> Bool = { $0.isNewline || $0 == "\t" }
        return text.prefix(1000).split(whereSeparator: separator).joined(separator: " ")
    }
}

extension StudioError {
    /// The reason of a start that went wrong.
    fileprivate init(startFailure error: any Error) {
        self = error as? StudioError ?? StudioError(.environment, "\(error)")
    }
}
