import BatchDomain
import BatchWorkers
import Foundation

extension HostLaunch {
    /// The host of a job's workers.
    init(_ specification: JobSpecification, python: String, runtime: String, threads: Int) {
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
            arguments: ["--logging_level", specification.settings.loggingLevel.rawValue],
            // Nothing that differs from job to job: a host is shared by the jobs of equal launches.
            environment: HostLaunch.threadVariables(threads)
                .merging(specification.settings.environmentVariables) { $1 }
        )
    }
}
