import BatchDomain
import FoundationEssentials
import Synchronization
import Testing

@testable import BatchWorkers

/// A package index of the test's own, which can go away.
@Suite(.timeLimit(.minutes(2)))
struct EnvironmentOfflineTests {
    let cache = EnvironmentTestCache()

    @Test
    func `Without a network the packages fetched before suffice`() async throws {
        let python = try #require(await PythonInterpreters.shared.installed().first)
        let server = ToolProcess(
            executable: python.path,
            arguments: ["-u", "-c", Self.index],
            variables: ["PATH": "/usr/bin:/bin"]
        )
        let (ports, found) = AsyncStream<String>.makeStream()
        let serving = Task { try await server.run { found.yield($0) } }
        let port = try #require(await ports.first { $0.allSatisfy(\.isNumber) })
        let settings = [
            "UV_DEFAULT_INDEX": "http://127.0.0.1:\(port)/simple", "UV_CACHE_DIR": cache.folder.path + "/uv-cache",
            "UV_HTTP_RETRIES": "0",
        ]
        let online = try await cache.build(["demo-package==1.0"], variables: settings)
        serving.cancel()
        _ = try? await serving.value

        let offline = try await cache.build(["demo-package>=1.0"], variables: settings)

        #expect(offline.record.lock == online.record.lock)
        #expect(cache.text.contains("trying with the packages fetched before"))
        let error = await #expect(throws: StudioError.self) {
            try await cache.build(["other-package"], variables: settings)
        }
        #expect(error?.message.hasPrefix("The package index can't be reached") == true)
        #expect(error?.message.contains("other-package") == true)
    }

    /// Makes a package, serves it as an index does and prints the port.
    private static let index = """
        import http.server, os, tempfile, zipfile
        class Handler(http.server.SimpleHTTPRequestHandler):
            def end_headers(self):
                self.send_header("Cache-Control", "max-age=0")
                super().end_headers()
        wheel = "demo_package-1.0-py3-none-any.whl"
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            os.makedirs("simple/demo-package")
            with zipfile.ZipFile("simple/demo-package/" + wheel, "w") as archive:
                archive.writestr("demo_package.py", "")
                information = "demo_package-1.0.dist-info/"
                archive.writestr(information + "METADATA", "Metadata-Version: 2.1\\nName: demo-package\\nVersion: 1.0\\n")
                archive.writestr(
                    information + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
                )
                archive.writestr(information + "RECORD", "")
            with open("simple/demo-package/index.html", "w") as page:
                page.write('<a href="%s">%s</a>' % (wheel, wheel))
            server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
            print(server.server_address[1])
            server.serve_forever()
        """
}
