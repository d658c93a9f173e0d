package import BatchDomain
import FoundationEssentials

extension EnvironmentRequest {
    /// Counts up when the same request may give another environment by a newer policy.
    private static let policyVersion = 1

    /// The values that make two requests the same environment; owner and file names don't.
    private struct Key: Codable {
        var policy: Int
        var dated: String?
        var sources: [Source]

        struct Source: Codable, Equatable {
            var python: String?
            var requirements: [String]
            /// Nil where there are none, so that the digest of other requests stays as it was.
            var constraints: [String]?
            /// The contents of the model's files that are installed: two models may name different ones alike.
            var files: [String]?
        }
    }

    /// 64 hexadecimal digits that stand for what is asked: requirements with the contents of the model's files among them,
    /// Python's minor release, date and policy.
    package var digest: String {
        let sources = sources.map { source in
            Key.Source(
                python: source.pythonVersion.flatMap { PythonVersion($0)?.minorText },
                requirements: source.requirements,
                constraints: source.constraints.isEmpty ? nil : source.constraints,
                files: LocalRequirement.digests(of: source.requirements, in: folder)
            )
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let key = Key(policy: Self.policyVersion, dated: dated, sources: sources)
        let bytes = (try? encoder.encode(key)).map { Array($0) } ?? Array("\(key)".utf8)
        var digest = SHA256()
        digest.update(bytes)
        return digest.finalize()
    }

    /// The Python that the first description to name one asks for.
    var wantedPython: PythonVersion? {
        sources.lazy.compactMap { $0.pythonVersion.flatMap(PythonVersion.init) }.first
    }

    /// The descriptions that name packages, each list once; one empty list when none does.
    var buildableSources: [EnvironmentSource] {
        var result: [EnvironmentSource] = []
        for source in sources where !source.requirements.isEmpty {
            let isThere = result.contains {
                $0.requirements == source.requirements && $0.constraints == source.constraints
            }
            if !isThere { result.append(source) }
        }
        let bare = EnvironmentSource(file: sources.first?.file ?? "no file", pythonVersion: nil, requirements: [])
        return result.isEmpty ? [bare] : result
    }

    /// The notes of a job's log on the files that its environment was built from.
    ///
    /// It belongs to the request, not to the environment, which another model's request may have built.
    func notes(for record: EnvironmentRecord) -> [String] {
        (sources.first { $0.file == record.source } ?? sources.first)?.notes ?? []
    }

    /// Until when packages may have been published for a dated attempt: two days after the owner was made.
    var packagesUntil: String? {
        guard let day = dated?.prefix(10), let date = try? Date(String(day), strategy: Self.dayFormat) else {
            return nil
        }
        return date.addingTimeInterval(2 * 24 * 3600).formatted(Self.dayFormat)
    }

    private static let dayFormat = Date.ISO8601FormatStyle().year().month().day()
}
