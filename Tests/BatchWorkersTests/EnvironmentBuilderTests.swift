import BatchDomain
import BatchWorkers
import FoundationEssentials
import Testing

@Suite(.timeLimit(.minutes(5)))
struct EnvironmentBuilderTests {
    let cache = EnvironmentTestCache()

    @Test
    func `An environment is built as named and every word is reported`() async throws {
        let environment = try await cache.build(["six==1.16.0", "packaging"])

        #expect(FileManager.default.isExecutableFile(atPath: environment.python))
        #expect(environment.record.lock.contains("six==1.16.0"))
        #expect(environment.record.warnings.isEmpty)
        #expect(environment.record.attempt.hasPrefix("as named in conda.yaml, on Python 3."))
        #expect(cache.text.contains("+ six==1.16.0"), "uv's own words")
        #expect(cache.lines.last?.hasPrefix("The environment is ready after") == true)
    }

    @Test
    func `A finished environment is reused without uv and without a Python`() async throws {
        let built = try await cache.build(["six"])
        let nothing: [String: String] = ["PATH": "", "BATCHSTUDIO_UV": "/nonexistent", "UV_OFFLINE": "1"]

        let reused = try await cache.build(["six"], pythons: PythonInterpreters(known: []), variables: nothing)

        #expect(reused == built)
        #expect(cache.lines.last == "Environment \(built.digest.prefix(12)) is there already: \(built.record.attempt).")
    }
}
