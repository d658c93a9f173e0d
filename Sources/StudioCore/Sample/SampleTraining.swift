import BatchDomain
import BatchWorkers
import Foundation

/// The training of the sample's model, which writes its data too; it runs once in a workspace.
struct SampleTraining {
    private let sample: Sample
    private let variables: [String: String]
    private let report: @Sendable (String) -> Void

    init(_ sample: Sample, variables: [String: String], report: @escaping @Sendable (String) -> Void) {
        self.sample = sample
        self.variables = variables
        self.report = report
    }

    /// Creates the sample's files unless they exist.
    ///
    /// - Throws: ``StudioError`` when Python, its packages or the disk fail.
    func run() async throws {
        let manager = FileManager.default
        if manager.fileExists(atPath: sample.modelFolder), manager.fileExists(atPath: sample.dataFolder) { return }
        report("Preparing Python for the sample. The first time, packages are fetched.")
        let environment = try await EnvironmentBuilder(cache: CacheFolder(variables: variables), variables: variables)
            .environment(for: request, report: report)

        // Files of an interrupted training are removed; only complete folders get their names.
        let draft = sample.folder + "/.partial"
        try? manager.removeItem(atPath: draft)
        try manager.createDirectory(atPath: draft, withIntermediateDirectories: true)
        try Data(PackageResources.train_wine_py).write(to: URL(fileURLWithPath: sample.script))
        try await PythonScript(
            python: environment.python,
            script: sample.script,
            arguments: [draft],
            variables: variables
        ).run { [report, draft, sample] in report($0.replacingOccurrences(of: draft, with: sample.folder)) }
        for (name, target) in [("model", sample.modelFolder), ("unlabeled", sample.dataFolder)] {
            try? manager.removeItem(atPath: target)
            try manager.moveItem(atPath: "\(draft)/\(name)", toPath: target)
        }
        try? manager.removeItem(atPath: draft)
    }

    private var request: EnvironmentRequest {
        EnvironmentRequest(
            owner: "the sample",
            sources: [
                EnvironmentSource(
                    file: "train_wine.py",
                    pythonVersion: nil,
                    requirements: ["mlflow", "scikit-learn", "pandas", "pyarrow"]
                )
            ]
        )
    }
}
