package import BatchDomain
import FoundationEssentials

extension EnvironmentRequest {
    /// Counts up when the same request may give another environment by a newer policy.
    private static let policyVersion = 1

    /// What makes two requests one environment; owner and file names don't.
    private struct Key: Codable {
        var policy: Int
        var dated: String?
        var sources: [Source]

        struct Source: Codable, Equatable {
            var python: String?
            var requirements: [String]
        }
    }

    /// 64 hexadecimal digits that stand for what is asked: requirements, Python's minor release, date and policy.
    package var digest: String {
        let sources = sources.map { source in
            Key.Source(
                python: source.pythonVersion.flatMap { PythonVersion($0)?.minorText },
                requirements: source.requirements
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
            if !result.contains(where: { $0.requirements == source.requirements }) { result.append(source) }
        }
        let bare = EnvironmentSource(file: sources.first?.file ?? "no file", pythonVersion: nil, requirements: [])
        return result.isEmpty ? [bare] : result
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
