package import BatchDomain
import FoundationEssentials

/// The check of a Ray cluster: whether it is reached, what its nodes offer, whether a worker starts, and whether they see the workspace.
package struct ClusterCheck: Sendable {
    /// What was found of one thing.
    package struct Finding: Equatable, Sendable, Codable {
        /// What was checked: `reachable`, `nodes`, `workers`, or a node.
        package var name: String
        /// `ok`, `note` or `missing`.
        package var state: String
        /// The words.
        package var found: String
        /// What a node has; nil for other checks.
        package var node: ClusterReport.Node?
    }

    /// Maximum time of a check.
    private static let timeout: Duration = .seconds(120)

    private let driver: ClusterDriver
    private let runtime: String
    private let variables: [String: String]

    /// - Parameters:
    ///   - driver: The driver of the cluster.
    ///   - runtime: The folder of the runtime's files.
    ///   - variables: The caller's variables.
    package init(_ driver: ClusterDriver, runtime: String, variables: [String: String]) {
        self.driver = driver
        self.runtime = runtime
        self.variables = variables
    }

    /// Checks the cluster.
    ///
    /// - Parameter probe: A file of the workspace.
    /// - Returns: The findings, in the order of the checks.
    /// - Throws: ``StudioError`` when the check itself fails.
    package func run(probe: String) async throws -> [Finding] {
        let launch = HostLaunch(
            python: driver.python,
            runtimeFolder: runtime,
            script: "",
            codeFolder: "",
            modelFolder: "",
            arguments: [],
            environment: [:]
        )
        let settings = try driver.settings(of: launch, variables: [:])
        let process = ToolProcess(
            executable: driver.python,
            arguments: ["-I", "-X", "utf8", "-u", runtime + "/cluster_check.py", probe],
            variables: variables.merging(["BATCHSTUDIO_CLUSTER": settings]) { $1 }
        )
        guard let outcome = try await process.run(within: Self.timeout) else {
            return [Finding(name: "reachable", state: "missing", found: "The check has not ended after 120 seconds.")]
        }
        let found = outcome.lines.compactMap { try? JSONDecoder().decode(Finding.self, from: Data($0.utf8)) }
        if found.isEmpty {
            let words = outcome.lines.last { !$0.isEmpty } ?? "It printed nothing."
            throw StudioError(.environment, "The cluster \(driver.name) can't be checked: \(words)")
        }
        return found
    }
}
