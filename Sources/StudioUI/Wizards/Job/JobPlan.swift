import BatchDomain
import FoundationEssentials

/// What a job is going to do, as far as it is known before: mini-batches, workers, time.
struct JobPlan {
    /// The number of input files; nil where it is not known.
    var files: Int?
    /// The settings, with what the job overrides.
    var settings: DeploymentSettings
    /// A job that has ended on the same endpoint.
    var last: Job?

    var miniBatches: Int? {
        files.map { ($0 + settings.miniBatchSize - 1) / max(1, settings.miniBatchSize) }
    }

    /// The time by the last job: as long for each file, shared by the workers of this one.
    var seconds: Double? {
        guard let files, let last, last.state == .completed, let start = last.startedAt, let end = last.endedAt,
            let lastFiles = last.counts.files, lastFiles > 0
        else { return nil }
        let workers = Double(last.specification.settings.workers) / Double(max(1, settings.workers))
        return end.timeIntervalSince(start) * Double(files) / Double(lastFiles) * workers
    }

    /// The plan in a sentence: “3,402 files → 341 mini-batches, 2 workers, about 40 s by the last job”.
    var text: String {
        let workers = Figures.count(settings.workers, "worker")
        guard let files, let miniBatches else {
            return "mini-batches of \(Figures.count(settings.miniBatchSize, "file")), \(workers)"
        }
        let time = seconds.map { ", about \(Figures.duration($0)) by the last job" } ?? ""
        let parts = Figures.count(miniBatches, "mini-batch", plural: "mini-batches")
        return "\(Figures.count(files, "file")) → \(parts), \(workers)\(time)"
    }
}

extension DetailLines {
    /// Shows a plan, and the limits that it has.
    mutating func add(_ plan: JobPlan) {
        heading("Plan")
        text(plan.text)
        let settings = plan.settings
        for setting in [Setting.errorThreshold, .timeout, .maxRetries, .outputAction, .outputFileName] {
            field(setting.title, setting.words(in: settings) ?? "–")
        }
    }
}
