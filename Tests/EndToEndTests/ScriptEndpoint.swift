import Foundation
import TestSupport

/// The endpoint `bench` with a script that needs nothing but Python, and five files to score.
enum ScriptEndpoint {
    /// A script that returns the names of its files.
    static let script = """
        import os
        def init():
            pass
        def run(mini_batch):
            return [os.path.basename(path) for path in mini_batch]
        """

    /// Makes it in the program's workspace, and the folder `input`.
    static func make(in program: Program, script: String = script, settings: String = "mini_batch_size: 1") throws {
        try write(script, to: program.folder + "/code/score.py")
        try write("dependencies:\n- python\n", to: program.folder + "/conda.yml")
        try write("a model", to: program.folder + "/model/model.txt")
        for number in 0..<5 { try write("", to: "\(program.folder)/input/\(number).txt") }
        try write(
            """
            name: script
            endpoint_name: bench
            type: model
            model: {path: ./model, type: custom_model}
            code_configuration: {code: ./code, scoring_script: score.py}
            environment: {conda_file: ./conda.yml}
            settings: {\(settings)}
            """,
            to: program.folder + "/deployment.yml"
        )
        _ = try program.succeed("batch-endpoint", "create", "-n", "bench")
        _ = try program.succeed("batch-deployment", "create", "-f", "deployment.yml", "--set-default")
    }
}
