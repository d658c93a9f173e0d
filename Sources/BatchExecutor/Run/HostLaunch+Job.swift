import BatchDomain
import BatchWorkers
import Foundation

extension HostLaunch {
    /// The host of a job's workers.
    ///
    /// - Parameters:
    ///   - specification: What the job does.
    ///   - python: The interpreter of its environment.
    ///   - runtime: The folder of the runtime's files.
    ///   - threads: Threads of a worker.
    ///   - variables: The variables that the job brings, in place of this process's own; nil leaves those.
    ///   - isLight: True where the model is loaded without MLflow.
    ///   - driver: The driver of the cluster that it runs on; nil for this machine.
    init(
        _ specification: JobSpecification,
        python: String,
        runtime: String,
        threads: Int,
        variables: [String: String]? = nil,
        isLight: Bool = false,
        driver: ClusterDriver? = nil
    ) {
        let replaced = variables == nil ? [] : JobVariables.of(ProcessInfo.processInfo.environment).keys.map { $0 }
        let model = (specification.modelPath as NSString).deletingLastPathComponent
        let (script, code) =
            switch specification.scoring {
            case .generated: (runtime + "/" + RuntimeFiles.generatedScriptName, model)
            case .script(let code): (code.folder + "/" + code.script, code.folder)
            }
        self.init(
            python: python,
            runtimeFolder: runtime,
            script: script,
            codeFolder: code,
            modelFolder: model,
            arguments: ["--logging_level", specification.settings.loggingLevel.rawValue]
                + (isLight ? ["--light_loader"] : []),
            // Nothing that differs from job to job: a host is shared by the jobs of equal launches.
            environment: HostLaunch.threadVariables(threads)
                .merging(variables ?? [:]) { $1 }
                .merging(specification.settings.environmentVariables) { $1 },
            unset: Set(replaced).subtracting((variables ?? [:]).keys),
            isForked: driver.map { $0.cluster.resources.gpus == 0 } ?? (specification.settings.gpus == 0),
            driver: driver
        )
    }
}
