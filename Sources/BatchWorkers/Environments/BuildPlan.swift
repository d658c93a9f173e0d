import BatchDomain

/// The attempts still to make, in the policy's order; each failure decides which of the others can help.
struct BuildPlan {
    /// How many Pythons besides the wanted one are tried.
    private static let nearbyLimit = 4

    private let isDated: Bool
    private let hasCompiler: Bool
    private var waiting: [BuildAttempt]
    private var made: Set<BuildAttempt> = []
    /// The first attempt that installed, though something in it can't be imported.
    private(set) var fallback: BuildAttempt?

    init(
        _ request: EnvironmentRequest,
        wanted: PythonVersion,
        interpreters: [PythonInterpreter],
        hasCompiler: Bool = false
    ) {
        self.hasCompiler = hasCompiler
        isDated = request.dated != nil
        let near = interpreters.nearest(to: wanted)
        let hasWanted = near.first?.version.isSameMinor(as: wanted) == true
        waiting = near.prefix(Self.nearbyLimit).enumerated().flatMap { place, python in
            request.buildableSources.enumerated().map { index, source in
                BuildAttempt(
                    source: source,
                    sourceIndex: index,
                    python: python,
                    distance: hasWanted ? place : place + 1
                )
            }
        }
    }

    /// Takes the attempt that changes least of those not made yet.
    mutating func next() -> BuildAttempt? {
        let least = waiting.min { $0.rank.lexicographicallyPrecedes($1.rank) }
        guard let least else { return nil }
        waiting.removeAll { $0 == least }
        made.insert(least)
        return least
    }

    /// Draws the conclusions from an attempt that did not work.
    mutating func learn(_ failure: AttemptFailure, from attempt: BuildAttempt) {
        switch failure {
        case .unknownPackage, .invalid:
            waiting.removeAll { $0.sourceIndex == attempt.sourceIndex }
        case .unsatisfiable(let mentioned, let wheelless, _):
            // Neither repairs nor dates help here: they only narrow what uv's complete search may choose from.
            if attempt.level == .asNamed { relax(attempt, mentioned) }
            if attempt.level == .dated { exempt(attempt, wheelless) }
            build(wheelless, for: attempt)
        case .cannotImport:
            fallback = fallback ?? attempt
            // The wanted releases are there; another Python or other pins would only lead away from what was named.
            waiting.removeAll { ($0.distance, $0.relaxed) != (attempt.distance, attempt.relaxed) }
            raise(attempt)
        case .buildFailed:
            guard hasCompiler, !attempt.usesCompiler else { break }
            var next = attempt
            next.usesCompiler = true
            add(next)
        case .other:
            raise(attempt)
        }
    }

    private mutating func relax(_ attempt: BuildAttempt, _ mentioned: Set<String>) {
        let all = attempt.relaxable
        let more = attempt.relaxed.union(mentioned.intersection(all))
        var next = attempt
        next.relaxed = more.isEmpty || more == attempt.relaxed ? all : more
        add(next)
    }

    private mutating func exempt(_ attempt: BuildAttempt, _ wheelless: Set<String>) {
        var next = attempt
        next.undated.formUnion(wheelless)
        add(next)
    }

    /// A package that only has a source distribution is built: in isolation, and first without a compiler, which most don't need.
    ///
    /// Only on the wanted Python: on another, packages of its time lack wheels, and building those takes minutes to fail.
    private mutating func build(_ wheelless: Set<String>, for attempt: BuildAttempt) {
        guard attempt.distance == 0, attempt.level == .asNamed, attempt.relaxed.isEmpty,
            !wheelless.isSubset(of: attempt.built)
        else { return }
        var next = attempt
        next.built.formUnion(wheelless)
        add(next)
    }

    private mutating func raise(_ attempt: BuildAttempt) {
        var next = attempt
        if attempt.level < .repaired {
            next.level = .repaired
            if !next.repairs.isEmpty { return add(next) }
        }
        guard isDated else { return }
        next.level = .dated
        add(next)
    }

    private mutating func add(_ attempt: BuildAttempt) {
        if !made.contains(attempt), !waiting.contains(attempt) { waiting.append(attempt) }
    }
}
