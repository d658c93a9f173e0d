/// Which folders within an input are entered.
package enum FolderDescent: Equatable, Sendable {
    /// All of them: Azure's way with scripts.
    case everywhere
    /// Those that are partitions, `name=value`: Azure looks into no folder for MLflow models, but the files of a
    /// partitioned table are in such folders only.
    case partitions
    /// None.
    case nowhere

    /// The descent of a job.
    ///
    /// - Parameters:
    ///   - isRecursive: What the user said; nil for nothing.
    ///   - scoring: How the job scores.
    package init(isRecursive: Bool?, scoring: Scoring) {
        self =
            switch isRecursive {
            case true?: .everywhere
            case false?: .nowhere
            case nil: scoring == .generated ? .partitions : .everywhere
            }
    }

    /// Returns whether a folder of that name is entered.
    package func enters(_ name: [UInt8]) -> Bool {
        switch self {
        case .everywhere: true
        case .partitions: name.firstIndex(of: UInt8(ascii: "=")).map { $0 > 0 } ?? false
        case .nowhere: false
        }
    }
}
