import BatchDomain
import BatchManifest
import Foundation
import Testing

/// The environments of models whose files name other files.
struct ModelEnvironmentTests {
    @Test(
        arguments: [
            ("wheels/mylib-1.0-py3-none-any.whl", "./wheels/mylib-1.0-py3-none-any.whl"),
            ("./wheels/mylib-1.0-py3-none-any.whl", "./wheels/mylib-1.0-py3-none-any.whl"),
            ("code/../wheels/mylib-1.0-py3-none-any.whl", "./wheels/mylib-1.0-py3-none-any.whl"),
            ("mylib @ wheels/mylib-1.0-py3-none-any.whl", "mylib @ ./wheels/mylib-1.0-py3-none-any.whl"),
            (
                "wheels/mylib-1.0-py3-none-any.whl ; python_version >= '3.8'",
                "./wheels/mylib-1.0-py3-none-any.whl ; python_version >= '3.8'"
            ),
            ("-e code/project", "./code/project"), ("code/project[extra]", "./code/project[extra]"),
            ("--find-links=wheels", "--find-links ./wheels"),
        ]
    )
    func `A file of the model is named relative to the model`(line: String, requirement: String) throws {
        for name in ["requirements.txt", "conda.yaml", "python_env.yaml"] {
            let source = try source(name, line)
            #expect(source.requirements == ["mlflow==3.1", requirement])
            #expect(source.leftOut.isEmpty)
        }
    }

    @Test(
        arguments: [
            ("-e .", .notAProject), ("./wheels", .notAProject), ("wheels/absent.whl", .missingFile),
            ("../other/a.whl", .outsideModel), ("/dbfs/a.whl", .outsideModel), ("file:///tmp/a.whl", .outsideModel),
            ("-r ../pins.txt", .outsideModel), ("-c absent.txt", .missingFile), ("--find-links absent", .missingFile),
        ] as [(String, LeftOutLine.Reason)]
    )
    func `A file that can't be installed is left out with the reason`(line: String, reason: LeftOutLine.Reason) throws {
        for name in ["requirements.txt", "conda.yaml", "python_env.yaml"] {
            let source = try source(name, line)
            #expect(source.requirements == ["mlflow==3.1"])
            #expect(source.leftOut == [LeftOutLine(line, reason)])
        }
    }

    @Test func `Constraints are read from their file`() throws {
        #expect(try source("requirements.txt", "-c constraints.txt").constraints == ["six<1.16", "numpy<2"])
        #expect(try source("conda.yaml", "-c constraints.txt").constraints == ["six<1.16", "numpy<2"])
    }

    @Test(arguments: [
        ("conda.yml", "conda.yaml"), ("env.yaml", "environment.yml"), ("conda.yaml", "conda.yml"),
    ])
    func `A file that is named but missing is replaced by the one that is there`(named: String, found: String) throws {
        let sources = try model(env: named, [found: "dependencies: [python=3.11, {pip: [mlflow==3.1]}]\n"])
        #expect(sources.map(\.file) == [found])
        #expect(sources.first?.requirements == ["mlflow==3.1"])
        #expect(sources.first?.standsInFor == named)
    }

    @Test func `A file that is there stands in for none`() throws {
        #expect(try source("conda.yaml", "six").standsInFor == nil)
        #expect(try source("requirements.txt", "six").standsInFor == nil)
    }

    @Test func `What an earlier version stored is read`() throws {
        let text = #"{"file": "conda.yaml", "requirements": ["six"], "ignored": ["./a.whl"]}"#
        let source = try JSONDecoder().decode(EnvironmentSource.self, from: Data(text.utf8))
        #expect(
            source
                == EnvironmentSource(
                    file: "conda.yaml",
                    pythonVersion: nil,
                    requirements: ["six"],
                    leftOut: [LeftOutLine("./a.whl", .unknown)]
                )
        )
        #expect(try JSONDecoder().decode(EnvironmentSource.self, from: JSONEncoder().encode(source)) == source)
    }

    private func source(_ file: String, _ line: String) throws -> EnvironmentSource {
        let text =
            switch file {
            case "conda.yaml": "dependencies:\n- python=3.11\n- pip:\n  - mlflow==3.1\n  - \"\(line)\"\n"
            case "python_env.yaml": "python: 3.11.7\ndependencies:\n- mlflow==3.1\n- \"\(line)\"\n"
            default: "mlflow==3.1\n\(line)\n"
            }
        let env = "{conda: conda.yaml, virtualenv: python_env.yaml}"
        let sources = try model(env: env, [file: text])
        return try #require(sources.first { $0.file == file })
    }

    private func model(env: String, _ files: [String: String]) throws -> [EnvironmentSource] {
        let folder = NSTemporaryDirectory() + "batchstudio-test-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let mlmodel = "flavors:\n  python_function:\n    loader_module: mlflow.sklearn\n    env: \(env)\n"
        let more = [
            "MLmodel": mlmodel, "wheels/mylib-1.0-py3-none-any.whl": "", "code/project/pyproject.toml": "",
            "constraints.txt": "six<1.16\n\nnumpy<2  # old\n",
        ]
        for (name, text) in files.merging(more, uniquingKeysWith: { file, _ in file }) {
            let path = URL(fileURLWithPath: "\(folder)/model/\(name)")
            try FileManager.default.createDirectory(
                at: path.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: path)
        }
        return try MLmodel.read(folder: folder + "/model").environments
    }
}
