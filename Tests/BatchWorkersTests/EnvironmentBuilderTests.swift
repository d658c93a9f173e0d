import BatchDomain
import BatchWorkers
import FoundationEssentials
import TestSupport
import Testing

/// The real uv, the real package index, small packages.
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
        #expect(cache.text.contains("uv:  + six==1.16.0"), "uv's own words")
        #expect(cache.lines.last?.contains("environment is ready") == true)
    }

    @Test
    func `A finished environment is reused without uv, without a Python and within milliseconds`() async throws {
        let built = try await cache.build(["six"])
        let nothing = EnvironmentBuilder(
            cache: cache.folder,
            pythons: PythonInterpreters(known: []),
            variables: ["BATCHSTUDIO_UV": "/nonexistent"]
        )

        let start = ContinuousClock.now
        let reused = try await nothing.environment(for: EnvironmentTestCache.request(["six"])) { _ in }
        let taken = ContinuousClock.now - start

        #expect(reused == built)
        #expect(taken < .milliseconds(100))
    }

    @Test
    func `An environment that a process has used is not removed from under it`() async throws {
        let built = try await cache.build(["six"])
        let variables = ProcessInfo.processInfo.environment
        let parts = try await cache.folder.parts(inputs: "/nonexistent", of: "none", variables: variables)
        let part = try #require(parts.first { $0.path == built.folder })
        #expect(part.state == .inUse && part.lastUse != nil && part.bytes ?? 0 > 0)
        #expect(try cache.folder.remove(part) == false)
        #expect(FileManager.default.isExecutableFile(atPath: built.python))
    }

    @Test
    func `Two who ask at the same time get one environment, built once`() async throws {
        async let first = cache.build(["six", "packaging"])
        async let second = cache.build(["six", "packaging"])
        let environments = try await [first, second]

        #expect(environments[0] == environments[1])
        #expect(cache.lines.filter { $0.hasSuffix("is being built.") }.count == 1)
        #expect(cache.lines.filter { $0.contains("is there already") }.count == 1)
    }

    @Test
    func `An interrupted build is removed and built again`() async throws {
        let built = try await cache.build(["six"])
        try FileManager.default.removeItem(atPath: built.folder + "/environment.json")
        let leftover = built.folder + "/python-leftover/file"
        try FileManager.default.createDirectory(atPath: leftover, withIntermediateDirectories: true)

        let again = try await cache.build(["six"])

        #expect(again.digest == built.digest)
        #expect(!FileManager.default.fileExists(atPath: leftover))
        #expect(cache.text.contains("an interrupted build"))
    }

    @Test
    func `An environment whose Python was uninstalled is built again`() async throws {
        let built = try await cache.build(["six"])
        try FileManager.default.removeItem(atPath: built.python)
        try FileManager.default.createSymbolicLink(atPath: built.python, withDestinationPath: "/nonexistent/python3")

        let again = try await cache.build(["six"])

        #expect(FileManager.default.isExecutableFile(atPath: again.python))
    }

    @Test
    func `A pin that does not exist is relaxed within the minor release, with a warning; other pins stay`() async throws
    {
        let environment = try await cache.build(["six==1.16.99", "packaging==24.0"])

        #expect(environment.record.lock == ["packaging==24.0", "six==1.16.0"])
        #expect(environment.record.requirements == ["six==1.16.*", "packaging==24.0"])
        #expect(environment.record.warnings.count == 1)
        expectMessage(environment.record.warnings.first, "environment/other-version")
        #expect(cache.lines.contains("Warning: \(environment.record.warnings[0])"))
    }

    @Test
    func `A package that does not exist is refused with its name and what to do`() async throws {
        let error = await #expect(throws: StudioError.self) {
            try await cache.build(["six", "batchstudio-no-such-package"])
        }

        #expect(error?.code == .environment)
        #expect(error?.message.contains("'batchstudio-no-such-package'") == true)
        #expect(error?.advice?.contains("UV_INDEX") == true)
        let left = try FileManager.default.contentsOfDirectory(atPath: cache.folder.environments)
        #expect(left.count == 2 && left.allSatisfy { $0.hasSuffix(".lock") || $0.hasSuffix(".use") })
    }

    @Test
    func `The nearest Python stands in for one that is not installed, and is named`() async throws {
        let environment = try await cache.build(["six"], python: "3.99.1")
        let version = environment.record.python.version

        #expect(environment.record.wantedPython == "3.99.1")
        #expect(environment.record.warnings.count == 1)
        expectMessage(
            environment.record.warnings.first,
            "environment/other-python",
            placeholders: ["\(version)": "VERSION", environment.folder: "ENVIRONMENT"]
        )
    }

    @Test
    func `An environment without packages is a bare Python`() async throws {
        let environment = try await cache.build([])

        #expect(environment.record.lock.isEmpty)
        #expect(FileManager.default.isExecutableFile(atPath: environment.python))
    }

    @Test
    func `The facts for doctor name what is there`() async throws {
        let built = try await cache.build(["six"])

        let facts = await ToolReport.current(cache: cache.folder)

        #expect(facts.pythons.contains(built.record.python))
        #expect(facts.environments.map(\.digest) == [built.digest])
        #expect(facts.environments.first?.record == built.record)
        #expect((facts.cacheBytes ?? 0) >= (facts.environments.first?.bytes ?? 1))
    }
}
