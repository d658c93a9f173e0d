import BatchDomain

/// One way to get the environment: a source's requirements, a Python, and what is changed about them.
struct BuildAttempt: Hashable, Sendable {
    /// How much is changed of what was named, the pins apart.
    enum Level: Int, Sendable, Comparable {
        /// Nothing.
        case asNamed
        /// The two repairs are added.
        case repaired
        /// Repaired, and no package is newer than the model.
        case dated

        static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    /// The description that is followed.
    var source: EnvironmentSource
    /// Its place among the descriptions.
    var sourceIndex: Int
    /// The Python to build on.
    var python: PythonInterpreter
    /// 0 for the wanted Python, else its place among those that are near.
    var distance: Int
    /// Packages whose pins are relaxed within the minor release.
    var relaxed: Set<String> = []
    /// Packages that may be newer than a dated attempt allows, as they had no wheels in those days.
    var undated: Set<String> = []
    /// Packages without wheels that are built from their source.
    var built: Set<String> = []
    /// True when they may be built with the machine's compiler, which takes minutes.
    var usesCompiler = false
    /// Other changes.
    var level = Level.asNamed

    /// How far it is from what was named: attempts are made in this order.
    var rank: [Int] {
        [
            distance == 0 ? 0 : 1, built.isEmpty ? 0 : usesCompiler ? 2 : 1, relaxed.isEmpty ? 0 : 1, level.rawValue,
            distance, sourceIndex, relaxed.count,
            undated.count, built.count,
        ]
    }

    /// Requirements added to those of the source.
    var repairs: [EnvironmentRepair] {
        level == .asNamed ? [] : EnvironmentRepair.needed(for: source.requirements, on: python.version)
    }

    /// The requirements that are installed.
    var requirements: [String] {
        source.requirements.map { line in
            let requirement = Requirement(line)
            guard let name = requirement.name, relaxed.contains(name) else { return line }
            return requirement.relaxed?.text ?? line
        } + repairs.map(\.requirement)
    }

    /// The packages whose pins could be relaxed.
    var relaxable: Set<String> {
        Set(source.requirements.map { Requirement($0) }.filter { $0.relaxed != nil }.compactMap(\.name))
    }
}

extension BuildAttempt: CustomStringConvertible {
    var description: String {
        let changes =
            switch level {
            case .asNamed: relaxed.isEmpty ? "as named in \(source.file)" : "\(source.file)"
            case .repaired: "\(source.file), repaired"
            case .dated: "\(source.file), with packages of the model's time"
            }
        let pins = relaxed.isEmpty ? "" : ", pins relaxed: \(relaxed.sorted().joined(separator: ", "))"
        let newer = undated.isEmpty ? "" : ", newer \(undated.sorted().joined(separator: ", "))"
        let compiler = usesCompiler ? " with a compiler" : ""
        let source = built.isEmpty ? "" : ", built from source\(compiler): \(builtNames)"
        return "\(changes)\(pins)\(newer)\(source), on Python \(python.version)"
    }

    private var builtNames: String {
        built.contains(AttemptFailure.anyPackage) ? "what has no wheel" : built.sorted().joined(separator: ", ")
    }
}
