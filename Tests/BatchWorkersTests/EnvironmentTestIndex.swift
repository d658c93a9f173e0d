import FoundationEssentials
import Testing

@testable import BatchWorkers

/// A package index on this machine with packages of a test's own, which can go away.
struct EnvironmentTestIndex {
    /// A package of one module.
    struct Package: Codable {
        var name: String
        var version: String
        /// What the module, named as the package, does when it is imported.
        var source = ""
    }

    /// The variables that lead uv to this index alone, with a cache of its own.
    let variables: [String: String]

    /// Serves packages until `body` returns.
    static func serve(
        _ packages: [Package],
        for cache: EnvironmentTestCache,
        _ body: (EnvironmentTestIndex) async throws -> Void
    ) async throws {
        let python = try #require(await PythonInterpreters.shared.installed().first)
        let list = String(decoding: try JSONEncoder().encode(packages), as: UTF8.self)
        let server = ToolProcess(
            executable: python.path,
            arguments: ["-u", "-c", program, list],
            variables: ["PATH": "/usr/bin:/bin"]
        )
        let (lines, said) = AsyncStream<String>.makeStream()
        try await withThrowingTaskGroup { group in
            group.addTask {
                defer { said.finish() }
                _ = try await server.run { said.yield($0) }
            }
            let port = try #require(await lines.first { $0.allSatisfy(\.isNumber) })
            let index = EnvironmentTestIndex(variables: [
                "UV_DEFAULT_INDEX": "http://127.0.0.1:\(port)/simple", "UV_CACHE_DIR": cache.folder.path + "/uv-cache",
                "UV_HTTP_RETRIES": "0",
            ])
            try await body(index)
            group.cancelAll()
            while let result = await group.nextResult() { _ = result }
        }
    }

    /// Makes the packages, serves them as an index does and prints the port.
    private static let program = """
        import http.server, json, os, sys, tempfile, zipfile
        class Handler(http.server.SimpleHTTPRequestHandler):
            def end_headers(self):
                self.send_header("Cache-Control", "max-age=0")
                super().end_headers()
        def publish(name, version, source):
            folder = "simple/%s" % name
            module = name.replace("-", "_")
            wheel = "%s-%s-py3-none-any.whl" % (module, version)
            about = "%s-%s.dist-info/" % (module, version)
            os.makedirs(folder, exist_ok=True)
            with zipfile.ZipFile(folder + "/" + wheel, "w") as archive:
                archive.writestr(module + ".py", source)
                archive.writestr(about + "METADATA", "Metadata-Version: 2.1\\nName: %s\\nVersion: %s\\n" % (name, version))
                archive.writestr(about + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
                archive.writestr(about + "RECORD", "")
            with open(folder + "/index.html", "a") as page:
                page.write('<a href="%s">%s</a>' % (wheel, wheel))
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            for package in json.loads(sys.argv[1]):
                publish(**package)
            server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
            print(server.server_address[1])
            server.serve_forever()
        """
}
