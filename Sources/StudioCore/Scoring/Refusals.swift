import BatchDomain

/// Collects what keeps a command from its work, so that all of it is reported at once.
struct Refusals {
    private var found: [any Error] = []

    /// Does something and keeps its error.
    mutating func attempt(_ body: () async throws -> Void) async {
        do { try await body() } catch { found.append(error) }
    }

    /// Throws what was kept: a single error as it is, several as one with a line for each.
    func throwIfAny() throws {
        guard let first = found.first else { return }
        guard found.count > 1 else { throw first }
        throw StudioError(
            .invalidState,
            "\(found.count) problems:\n" + found.map { "  - \($0)" }.joined(separator: "\n")
        )
    }
}
