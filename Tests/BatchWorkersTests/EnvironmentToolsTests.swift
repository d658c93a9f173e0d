import BatchDomain
@testable import BatchWorkers
import FoundationEssentials
import Testing

/// Finding Pythons and uv.
@Suite(.timeLimit(.minutes(3)))
struct EnvironmentToolsTests {
    let cache = EnvironmentTestCache()

    /// Writes a program into a folder of the test.
    private func program(_ name: String, _ body: String) throws -> String {
        let path = "\(cache.folder.path)/\(name)"
        let folder = URL(filePath: path).deletingLastPathComponent().path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("#!/bin/sh\n\(body)\n".utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }

    @Test
    func `Pythons are found on the PATH and in pyenv's folders; shims and broken ones are not`() async throws {
        let onPath = try program("bin/python3.7", "echo 3.7.9; echo $0")
        let inPyenv = try program("pyenv/versions/3.6.1/bin/python3.6", "echo 3.6.1; echo $0")
        let shim = try program("pyenv/shims/python3.6", "echo 3.5.0; echo $0")
        let broken = try program("bin/python3.5", "exit 1")
        let other = try program("bin/python3-config", "echo 3.4.0; echo $0")
        let folder = cache.folder.path
        let pythons = PythonInterpreters(
            variables: [
                "PATH": "\(folder)/pyenv/shims:\(folder)/bin:/usr/bin:/bin", "PYENV_ROOT": folder + "/pyenv",
                "HOME": folder,
            ],
            cache: cache.folder
        )

        let found = await pythons.installed()

        #expect(found.first == PythonInterpreter(path: onPath, version: PythonVersion(3, 7, 9)))
        #expect(found.contains(PythonInterpreter(path: inPyenv, version: PythonVersion(3, 6, 1))))
        #expect(found.allSatisfy { ![shim, broken, other].contains($0.path) })
    }

    @Test
    func `The interpreters of this machine are real programs`() async throws {
        let found = await PythonInterpreters.shared.installed()

        #expect(!found.isEmpty)
        #expect(
            found.allSatisfy { FileManager.default.isExecutableFile(atPath: $0.path) && !$0.path.contains("/shims/") }
        )
    }

    @Test
    func `uv is fetched into the cache where there is none, once for all who ask`() async throws {
        var variables = ProcessInfo.processInfo.environment
        variables["BATCHSTUDIO_UV"] = nil
        variables["PATH"] = "/nonexistent"
        let settings = variables
        let cache = cache

        async let first = UVTool.findOrInstall(cache: cache.folder, variables: settings) { _ in }
        async let second = UVTool.findOrInstall(cache: cache.folder, variables: settings) { _ in }
        let tools = try await [first, second]

        #expect(tools[0] == tools[1])
        #expect(tools[0].path == cache.folder.tools + "/uv")
        let left = try FileManager.default.contentsOfDirectory(atPath: cache.folder.tools).sorted()
        #expect(left == ["uv", "uv.lock"])
    }

    @Test
    func `A copy of uv that lost its content is replaced, and the download of a killed process removed`() async throws {
        var variables = ProcessInfo.processInfo.environment
        variables["BATCHSTUDIO_UV"] = nil
        variables["PATH"] = "/nonexistent"
        let own = try program("tools/uv", "echo uv 0.9.0")
        // The mode stays.
        try Data().write(to: URL(filePath: own))
        _ = try program("tools/uv-killed/bin/python", "exit 1")

        let tool = try await UVTool.findOrInstall(cache: cache.folder, variables: variables) { _ in }

        #expect(tool.path == own && tool.origin == .cache)
        let left = try FileManager.default.contentsOfDirectory(atPath: cache.folder.tools).sorted()
        #expect(left == ["uv", "uv.lock"])
    }

    @Test
    func `uv is taken as named, then from the cache, then from the PATH; an old one is not taken`() async throws {
        let named = try program("named/uv", "echo uv 0.13.9")
        let own = try program("tools/uv", "echo uv 0.9.0")
        let onPath = try program("bin/uv", "echo uv 0.8.1")
        let old = try program("old/uv", "echo uv 0.1.2")
        let folder = cache.folder.path
        let path = ["PATH": "\(folder)/old:\(folder)/bin:/usr/bin:/bin"]

        let first = await UVTool.find(cache: cache.folder, variables: path.merging(["BATCHSTUDIO_UV": named]) { $1 })
        let second = await UVTool.find(cache: cache.folder, variables: path)
        try FileManager.default.removeItem(atPath: own)
        let third = await UVTool.find(cache: cache.folder, variables: path)
        let fourth = await UVTool.find(cache: cache.folder, variables: ["PATH": "", "BATCHSTUDIO_UV": old])

        #expect(first == UVTool(path: named, version: "0.13.9", origin: .named))
        #expect(second == UVTool(path: own, version: "0.9.0", origin: .cache))
        #expect(third == UVTool(path: onPath, version: "0.8.1", origin: .path))
        #expect(fourth == nil)
    }
}
