import BatchDomain
import FoundationEssentials
import TestSupport
import Testing

@testable import BatchWorkers

/// What a model's files add to its environment, with the real uv: wheels, constraints, hashes, indexes, and notes of its own.
@Suite(.timeLimit(.minutes(5)))
struct EnvironmentFilesTests {
    let cache = EnvironmentTestCache()

    @Test
    func `A wheel beside the model is installed, and another of the same name makes another environment`() async throws
    {
        let first = try await model("first one", wheelSaying: "1")
        let second = try await model("second", wheelSaying: "2")
        let copy = try await model("copy", wheelSaying: "1")

        let built = try await build(first)
        #expect(try await says(built) == "1")
        #expect(try await says(build(second)) == "2")
        #expect(copy.digest == first.digest && second.digest != first.digest)
    }

    @Test
    func `Constraints bound what is installed`() async throws {
        var request = EnvironmentTestCache.request(["six"])
        request.sources[0].constraints = ["six<1.16"]

        #expect(try await build(request).record.lock == ["six==1.15.0"])
    }

    @Test
    func `Who shares an environment is told of its own files alone`() async throws {
        var (one, two) = (EnvironmentTestCache.request(["six"]), EnvironmentTestCache.request(["six"]))
        one.sources[0].leftOut = [LeftOutLine("cudatoolkit=11.1", .condaPackage)]
        two.sources[0].leftOut = [LeftOutLine("-e .", .notAProject)]
        two.sources[0].standsInFor = "conda.yml"

        let built = try await build(one)
        let before = cache.lines.count
        let reused = try await build(two)

        #expect(reused == built)
        let ofOne = cache.lines[..<before].filter { $0.hasPrefix("Warning: ") }
        expectMessage(ofOne.joined(separator: "\n"), "environment/left-out-conda")
        let ofTwo = cache.lines[before...].filter { $0.hasPrefix("Warning: ") }
        expectMessage(ofTwo.joined(separator: "\n"), "environment/left-out-project")
    }

    @Test
    func `A wrong hash is told as such, and nothing else is tried`() async throws {
        let wrong = String(repeating: "a", count: 64)
        let error = await #expect(throws: StudioError.self) {
            try await build(EnvironmentTestCache.request(["six==1.16.0 --hash=sha256:\(wrong)"], dated: "2023-05-10"))
        }

        #expect(error?.code == .environment)
        #expect(error?.message.contains(wrong) == true)
        #expect(cache.lines.filter { $0.hasPrefix("Attempt ") }.count == 1)
    }

    @Test
    func `A package of an extra index is installed; one that can't be reached is named, and the others are searched`()
        async throws
    {
        try await EnvironmentTestIndex.serve([.init(name: "house-lib", version: "1.0")], for: cache) { index in
            let place = try #require(index.variables["UV_DEFAULT_INDEX"])
            let found = try await build(EnvironmentTestCache.request(["--extra-index-url \(place)", "house-lib"]))
            #expect(found.record.lock == ["house-lib==1.0"])

            let closed = "http://127.0.0.1:1/simple"
            let request = EnvironmentTestCache.request([
                "--extra-index-url \(closed)", "--index-url \(place)", "house-lib",
            ])
            let other = try await build(request, ["UV_HTTP_RETRIES": "0"])
            #expect(other.record.lock == ["house-lib==1.0"])
            #expect(other.record.warnings.count == 1)
            #expect(other.record.warnings.first?.contains(" \(closed) can't be reached") == true)
        }
    }

    @Test
    func `A project beside the model is built, without a compiler`() async throws {
        let request = try project("pure", "from setuptools import setup\nsetup(name='pure', version='1.0')\n")

        let built = try await build(request)
        #expect(built.record.lock.contains { $0.hasPrefix("pure @ file:") })
        #expect(built.record.attempt.contains("built from source"))
        let left = try FileManager.default.contentsOfDirectory(atPath: try #require(request.folder) + "/code")
        #expect(left == ["setup.py"], "the model stays as it is")
    }

    @Test
    func `A project that needs a compiler is refused where there is none`() async throws {
        let setup = """
            from setuptools import Extension, setup
            setup(name="hard", version="1.0", ext_modules=[Extension("hard", ["hard.c"])])

            """
        let request = try project("hard", setup, ["hard.c": "int x;\n"])
        let error = await #expect(throws: StudioError.self) {
            try await build(request, ["CC": "/nonexistent/cc"])
        }
        #expect(error?.message.contains("'hard' has") == true)
        #expect(error?.message.contains("takes a compiler") == true)
        #expect(error?.advice?.contains("build-essential") == true)
    }

    /// A model with a project in its folder.
    private func project(
        _ name: String,
        _ setup: String,
        _ files: [String: String] = [:]
    ) throws -> EnvironmentRequest {
        let folder = "\(cache.folder.path)/models/\(name)"
        try FileManager.default.createDirectory(atPath: folder + "/code", withIntermediateDirectories: true)
        for (file, text) in files.merging(["setup.py": setup], uniquingKeysWith: { file, _ in file }) {
            try Data(text.utf8).write(to: URL(filePath: "\(folder)/code/\(file)"))
        }
        var request = EnvironmentTestCache.request(["./code"])
        request.folder = folder
        return request
    }

    private func build(
        _ request: EnvironmentRequest,
        _ variables: [String: String] = [:]
    ) async throws -> PythonEnvironment {
        try await cache.build(request, variables: variables)
    }

    /// A model with a wheel whose module says something.
    private func model(_ name: String, wheelSaying text: String) async throws -> EnvironmentRequest {
        let folder = cache.folder.path + "/models/" + name
        try FileManager.default.createDirectory(atPath: folder + "/wheels", withIntermediateDirectories: true)
        let python = try #require(await PythonInterpreters.shared.installed().first)
        let wheel = folder + "/wheels/mylib-1.0-py3-none-any.whl"
        let tool = ToolProcess(
            executable: python.path,
            arguments: ["-c", Self.makesWheel, wheel, text],
            variables: ["PATH": "/usr/bin:/bin"]
        )
        #expect(try await tool.run().succeeded)
        var request = EnvironmentTestCache.request(["./wheels/mylib-1.0-py3-none-any.whl"])
        request.folder = folder
        return request
    }

    private func says(_ environment: PythonEnvironment) async throws -> String {
        let tool = ToolProcess(
            executable: environment.python,
            arguments: ["-c", "import mylib; print(mylib.TEXT)"],
            variables: ["PATH": "/usr/bin:/bin"]
        )
        return try await tool.run().text
    }

    /// The same bytes each time, whenever it is made.
    private static let makesWheel = """
        import sys, zipfile
        about = "mylib-1.0.dist-info/"
        files = {
            "mylib.py": "TEXT = '%s'" % sys.argv[2],
            about + "METADATA": "Metadata-Version: 2.1\\nName: mylib\\nVersion: 1.0\\n",
            about + "WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
            about + "RECORD": "",
        }
        with zipfile.ZipFile(sys.argv[1], "w") as archive:
            for name in files:
                archive.writestr(zipfile.ZipInfo(name), files[name])
        """
}
