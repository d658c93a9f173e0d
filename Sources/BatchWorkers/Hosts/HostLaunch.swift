/// All that decides what a host process is: two jobs with equal launches can share one.
package struct HostLaunch: Hashable, Sendable {
    /// The Python interpreter of the environment, absolute.
    package var python: String
    /// The folder of the runtime's files, absolute.
    package var runtimeFolder: String
    /// The scoring script, absolute.
    package var script: String
    /// The folder that is added to the module path.
    package var codeFolder: String
    /// The value of `AZUREML_MODEL_DIR`.
    package var modelFolder: String
    /// The arguments of the script.
    package var arguments: [String]
    /// Variables set for the process, thread counts included.
    package var environment: [String: String]
    /// Variables of the executor that the process has not.
    package var unset: Set<String>
    /// False where each worker is a process of its own from the start: a device that is in use does not survive a fork.
    package var isForked: Bool
    /// The driver that starts hosts on the nodes of a cluster; nil for a host on this machine.
    package var driver: ClusterDriver?

    package init(
        python: String,
        runtimeFolder: String,
        script: String,
        codeFolder: String,
        modelFolder: String,
        arguments: [String],
        environment: [String: String],
        unset: Set<String> = [],
        isForked: Bool = true,
        driver: ClusterDriver? = nil
    ) {
        self.python = python
        self.runtimeFolder = runtimeFolder
        self.script = script
        self.codeFolder = codeFolder
        self.modelFolder = modelFolder
        self.arguments = arguments
        self.environment = environment
        self.unset = unset
        self.isForked = isForked
        self.driver = driver
    }

    /// True when workers run on other machines, or as if they did: their processes are none of the executor's.
    package var isRemote: Bool { driver != nil }

    /// The folder whose files a script finds by relative names; nil for the generated one, which has none.
    package var relativeFiles: String? { script.hasPrefix(codeFolder + "/") ? codeFolder : nil }

    /// The same with more variables, which replace those of the same name.
    package func adding(_ variables: [String: String]) -> HostLaunch {
        var launch = self
        launch.environment.merge(variables) { $1 }
        return launch
    }

    /// How long loading a script, or its `init()`, may take: Azure's rule.
    package static func loadingTime(timeout: Int) -> Duration { .seconds(3 * timeout + 30) }

    /// The variables that bound the threads of numerical libraries; too many cost up to nine times the time.
    package static func threadVariables(_ threads: Int) -> [String: String] {
        let names = [
            "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "NUMEXPR_NUM_THREADS",
            "VECLIB_MAXIMUM_THREADS", "ORT_INTRA_OP_NUM_THREADS",
        ]
        return Dictionary(uniqueKeysWithValues: names.map { ($0, String(threads)) })
    }
}
