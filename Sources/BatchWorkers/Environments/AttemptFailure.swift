/// Why an attempt gave no environment; decides what is tried next.
enum AttemptFailure: Error, Equatable, Sendable {
    /// The index has no package of this name.
    case unknownPackage(String, reason: String)
    /// A requirement can't be read.
    case invalid(reason: String)
    /// The requirements can't all be met: the packages that uv names with a version, and those it finds no wheel of.
    case unsatisfiable(mentioned: Set<String>, wheelless: Set<String> = [], reason: String)
    /// A package's source can't be built; with the reason whether it lacked a compiler that it was not given.
    case buildFailed(String, lacksCompiler: Bool, reason: String)
    /// All is installed, but this can't be imported.
    case cannotImport(reason: String)
    /// Anything else; uv's own words.
    case other(reason: String)

    /// Stands for each package, where uv does not name the one that has no wheel.
    static let anyPackage = ":all:"

    /// uv's or Python's words, shortened to what matters.
    var reason: String {
        switch self {
        case .unknownPackage(_, let reason), .buildFailed(_, _, let reason), .invalid(let reason),
            .unsatisfiable(_, _, let reason), .cannotImport(let reason), .other(let reason):
            reason
        }
    }
}
