import BatchDomain
import BatchWorkers
import TestSupport
import Testing

/// Environments that install well and do not work, and networks that go away: with an index of the test's own.
@Suite(.timeLimit(.minutes(2)))
struct EnvironmentRepairTests {
    typealias Package = EnvironmentTestIndex.Package

    let cache = EnvironmentTestCache()
    private let old = Package(
        name: "pandas",
        version: "2.0.3",
        source: "import numpy\nif numpy.version == 2: raise ValueError('numpy.dtype size changed')"
    )
    private let numpys = [
        Package(name: "numpy", version: "1.26.4", source: "version = 1"),
        Package(name: "numpy", version: "2.1.0", source: "version = 2"),
        Package(name: "setuptools", version: "80.1.0"),
    ]

    @Test
    func `An environment that can't be imported is repaired, and the repair is named`() async throws {
        try await EnvironmentTestIndex.serve(numpys + [old], for: cache) { index in
            let environment = try await cache.build(["pandas==2.0.3", "numpy"], variables: index.variables)

            #expect(cache.text.contains("pandas: ValueError: numpy.dtype"))
            #expect(environment.record.attempt.hasPrefix("conda.yaml, repaired, on Python 3."))
            #expect(environment.record.lock.contains("numpy==1.26.4"))
            expectMessage(environment.record.warnings.first { $0.contains("numpy<2") }, "environment/numpy-2")
        }
    }

    @Test
    func `What nothing repairs is kept as named, with a warning, since a model may not need it`() async throws {
        let broken = Package(
            name: "lightgbm",
            version: "4.0.0",
            source: "raise OSError('libgomp.so.1: cannot open shared object file')"
        )
        try await EnvironmentTestIndex.serve(numpys + [broken], for: cache) { index in
            let environment = try await cache.build(["lightgbm"], variables: index.variables)

            #expect(environment.record.attempt.hasPrefix("as named in conda.yaml"))
            #expect(environment.record.lock == ["lightgbm==4.0.0"])
            #expect(environment.record.warnings.count == 1)
            expectMessage(environment.record.warnings.first, "environment/import-fails")
        }
    }

    @Test
    func `Without a network the packages fetched before suffice`() async throws {
        let demo = Package(name: "demo-package", version: "1.0")
        var settings: [String: String] = [:]
        try await EnvironmentTestIndex.serve([demo], for: cache) { index in
            settings = index.variables
            _ = try await cache.build(["demo-package==1.0"], variables: index.variables)
        }

        let offline = try await cache.build(["demo-package>=1.0"], variables: settings)

        #expect(offline.record.lock == ["demo-package==1.0"])
        #expect(cache.text.contains("packages fetched before"))
        let error = await #expect(throws: StudioError.self) {
            try await cache.build(["other-package"], variables: settings)
        }
        #expect(error?.code == .environment)
        #expect(error?.message.contains("can't be reached") == true)
        #expect(error?.message.contains("other-package") == true)
    }
}
