package import BatchDomain
package import Foundation

/// A page about a job that has ended, to be read elsewhere: what was scored by what, how it went, and what came out.
package struct JobReport: Sendable {
    /// The form of the page.
    package enum Format: String, Sendable, CaseIterable {
        case html, md, json
    }

    /// A reason with the files that failed for it.
    package struct Reason: Equatable, Sendable {
        package var text: String
        package var files: Int
        /// One of the files.
        package var example: String
    }

    /// Maximum reasons that are listed.
    static let maxReasons = 20
    /// Maximum failed files whose reasons are counted.
    static let maxFailures = 10_000

    /// The job.
    package var job: Job
    /// The steps of its life.
    package var transitions: [JobTransition]
    /// Why files failed, the commonest reason first.
    package var reasons: [Reason]
    /// The profile of its predictions; nil without one.
    package var profile: Profile?
    /// Why there is no profile; nil where there is one.
    package var profileNote: String?
    /// The installed packages of its environment; empty where that is gone.
    package var packages: [String]
    /// The Python of its environment; nil where that is gone.
    package var python: String?
    /// The first rows of its output, where they were asked for.
    package var rows: OutputRows?
    /// The plots of the profile's columns, by the column's place, as SVG.
    package var plots: [Int: String]
    /// Why there are no plots; nil where there are.
    package var plotNote: String?
    /// When the report was made.
    package var madeAt: Date

    /// Groups failed files by their reasons.
    static func reasons(of failures: [FileFailure]) -> [Reason] {
        var reasons: [String: Reason] = [:]
        for failure in failures {
            let text = "\(failure.type): \(failure.message)"
            reasons[text, default: Reason(text: text, files: 0, example: failure.file)].files += 1
        }
        return reasons.values.sorted { ($1.files, $0.text) < ($0.files, $1.text) }
    }

    /// The names and values of the first table, in the words of every form.
    var summary: [(name: String, value: String)] {
        let specification = job.specification
        let counts = job.counts
        var summary = [
            ("Job", job.name), ("Display name", job.displayName), ("State", job.state.rawValue),
            ("Endpoint", specification.endpointName), ("Deployment", specification.deploymentName),
            ("Model", specification.model.description), ("Compute", specification.compute),
            ("Input", specification.input.place), ("Output", specification.output.file ?? specification.output.folder),
            ("Rows", Figures.count(counts.rows)),
            ("Files", "\(Figures.count(counts.succeededFiles)) scored, \(Figures.count(counts.failedFiles)) failed"),
            (
                "Mini-batches",
                "\(Figures.count(counts.doneMiniBatches)) scored, \(Figures.count(counts.failedMiniBatches)) failed"
            ),
        ]
        if let cause = job.cause { summary.append(("Cause", cause)) }
        return summary.filter { !$0.1.isEmpty }
    }

    /// How long the job was in each state.
    var timings: [(state: String, at: Date, seconds: Double?)] {
        transitions.enumerated().map { index, transition in
            let next = index + 1 < transitions.count ? transitions[index + 1].at : nil
            return (transition.state.rawValue, transition.at, next.map { $0.timeIntervalSince(transition.at) })
        }
    }

    /// The commands that score the same input again.
    var commands: [String] {
        [
            "batchstudio job show -n \(job.name) -o yaml > job.yml",
            "batchstudio job create -f job.yml -n NAME",
        ]
    }

    /// Figures of a column, in the words of every form.
    static func figures(of column: ColumnProfile) -> [(name: String, value: String)] {
        var figures = [
            ("Kind", column.mainKind), ("Values", Figures.count(column.count)),
            ("Missing", Figures.count(column.missing)),
            ("Distinct", column.distinct.map { Figures.count($0) } ?? "many"),
        ]
        guard let numbers = column.numbers else { return figures }
        figures += [
            ("Minimum", column.text(of: numbers.min)), ("Median", column.text(of: numbers.keptQuantile(0.5))),
            ("Mean", column.text(of: numbers.mean)),
            ("Deviation", column.isTime ? "–" : column.text(of: numbers.deviation)),
            ("Maximum", column.text(of: numbers.max)),
        ]
        return figures
    }
}
