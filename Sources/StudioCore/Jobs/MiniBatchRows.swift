import BatchDomain
import BatchWorkspace
import Foundation

/// Which rows of two outputs of scripts belong together: those of the same place within the same mini-batch.
///
/// The outputs of scripts do not name the rows of the input, but the job knows how many rows each mini-batch has.
struct MiniBatchRows: Sendable {
    /// The rows of a mini-batch in an output.
    struct Span: Equatable, Sendable {
        var miniBatch: Int
        var rows: Int
    }

    /// The spans of both outputs, in their order.
    let spans: [[Span]]
    /// Mini-batches with the same number of rows in both: only of these it is known which rows belong together.
    private let equal: Set<Int>
    private let text: Data
    private let starts: [Int]

    /// - Parameters:
    ///   - manifest: The path of the list of input files, which both jobs share.
    ///   - miniBatchSize: Files of a mini-batch, the same in both.
    ///   - spans: The spans of both outputs.
    /// - Throws: ``StudioError`` when the list is damaged.
    init(manifest: String, miniBatchSize: Int, spans: [[Span]]) throws {
        self.spans = spans
        let rows = Dictionary(spans[0].map { ($0.miniBatch, $0.rows) }) { one, _ in one }
        equal = Set(spans[1].filter { rows[$0.miniBatch] == $0.rows }.map(\.miniBatch))
        text = try InputOrder.text(of: manifest)
        starts = try ManifestText.plan(of: text, at: manifest, miniBatchSize: max(1, miniBatchSize)).starts
    }

    /// Returns whether the rows of a mini-batch are joined.
    func isJoined(_ miniBatch: Int) -> Bool { equal.contains(miniBatch) }

    /// The names of a mini-batch's rows: its file where it has one, or a file each; else the mini-batch.
    func names(of span: Span) -> Names {
        guard span.miniBatch + 1 < starts.count else { return Names(miniBatch: span.miniBatch, files: []) }
        let files = ManifestText.files(in: text, at: starts[span.miniBatch]..<starts[span.miniBatch + 1])
        let areNames = files.count == 1 || files.count == span.rows
        return Names(
            miniBatch: span.miniBatch,
            files: areNames ? files.map { String(decoding: $0.path, as: UTF8.self) } : []
        )
    }

    /// What the rows of a mini-batch were scored from, as far as that is known.
    struct Names: Sendable {
        let miniBatch: Int
        fileprivate let files: [String]

        /// The file of a row, or the mini-batch.
        subscript(row: Int) -> String {
            if files.count == 1 { return files[0] }
            return files.indices.contains(row) ? files[row] : "mini-batch \(miniBatch)"
        }
    }
}
