import BatchDomain

/// Who calls a use case: the environment and the current folder of the user's process.
package struct Caller: Sendable {
    /// The environment variables.
    package var environment: [String: String]
    /// The folder that relative paths start from, absolute.
    package var currentDirectory: String

    package init(environment: [String: String], currentDirectory: String) {
        self.environment = environment
        self.currentDirectory = currentDirectory
    }

    /// The variables that go with each job of this caller.
    var jobVariables: [String: String] { JobVariables.of(environment) }

    /// The values of the variables that sign messages of hooks, as far as they are set.
    func hookSecrets(of hooks: [JobHook]?) -> [String: String] {
        let names = JobHook.variables(of: hooks)
        return environment.filter { names.contains($0.key) && !$0.value.isEmpty }
    }

    /// A path as typed, absolute.
    package func absolute(_ path: String) -> String { path.absolutePath(in: currentDirectory) }

    /// A reference as typed; a path of this machine becomes absolute.
    func absolute(_ reference: DataReference) -> DataReference {
        guard case .local(let path) = reference else { return reference }
        return .local(absolute(path))
    }
}
