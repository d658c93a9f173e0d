/// The variables of a shell that go with each job which it starts: they decide how the job's environment is built, its input fetched
/// and its script run, whichever shell happened to start the executor.
///
/// Their values are secrets: proxies have passwords, clouds have keys.
package enum JobVariables {
    private static let prefixes = ["UV_", "PIP_", "BATCHSTUDIO_", "SSL_CERT_", "AWS_", "AZURE_"]
    private static let names: Set = [
        "http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "no_proxy", "requests_ca_bundle", "curl_ca_bundle",
    ]
    /// Those that say which workspace and executor a process belongs to.
    private static let own: Set = [
        "BATCHSTUDIO_WORKSPACE", "BATCHSTUDIO_WORKSPACE_ID", "BATCHSTUDIO_EXECUTABLE", "BATCHSTUDIO_SOCKET",
        "BATCHSTUDIO_TOKEN", "BATCHSTUDIO_JOB", "BATCHSTUDIO_WARM_UP",
    ]

    /// Returns whether a variable goes with a job.
    package static func include(_ name: String) -> Bool {
        if own.contains(name) { return false }
        return prefixes.contains(where: name.hasPrefix) || names.contains(name.lowercased())
    }

    /// Those of an environment.
    package static func of(_ environment: [String: String]) -> [String: String] {
        environment.filter { include($0.key) }
    }

    /// The environment of an executor with a job's variables in place of its own; as it is for a job that has brought none.
    package static func environment(
        _ environment: [String: String],
        with variables: [String: String]?
    ) -> [String: String] {
        guard let variables else { return environment }
        return environment.filter { !include($0.key) }.merging(variables) { $1 }
    }
}
