import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import Glibc
import TestSupport
import Testing

@testable import BatchExecutor

/// Jobs whose files are fetched from real servers.
@Suite(.serialized) struct JobRemoteTests {
    /// Gives a row a file: its name and what it holds.
    private static let reading = """
        import os
        def init():
            pass
        def run(mini_batch):
            return [os.path.basename(path) + "=" + open(path).read().strip() for path in mini_batch]
        """

    private static func files(_ count: Int) -> [String: String] {
        var files: [String: String] = ["in/sub/inner.csv": "inner\n", "in/.hidden": "no\n", "in2/other.csv": "other\n"]
        for number in 0..<count { files["in/f\(number) ä.csv"] = "\(number)\n" }
        return files
    }

    private static func rows(_ count: Int) -> [String] { (0..<count).map { "f\($0) ä.csv=\($0)" }.sorted() }

    private func place(of server: LoopbackServer, _ kind: LoopbackServer.Kind) -> RemotePlace {
        switch kind {
        case .web: .http(url: server.url)
        case .blob: .azureBlob(AzureContainer(accountName: "wine", container: "data", endpoint: server.url + "/wine"))
        case .s3: .s3(S3Bucket(bucket: "data", endpointURL: server.url, region: "us-east-1"))
        }
    }

    private func register(
        _ place: RemotePlace,
        _ credentials: Credentials = Credentials(),
        in bench: JobBench
    ) async throws {
        let datastore = Datastore(name: "elsewhere", remote: place, createdAt: Date())
        _ = try await bench.workspace.save(DatastoreRegistration(datastore: datastore, credentials: credentials))
    }

    private static let s3Keys = Credentials(values: ["access_key_id": "testing", "secret_access_key": "testing"])
    private static let folder = DataReference.datastore(DatastorePath(datastore: "elsewhere", path: "in"))

    @Test(arguments: LoopbackServer.Kind.allCases)
    func `A folder elsewhere is scored in the order of its names, its own files only`(
        _ kind: LoopbackServer.Kind
    ) async throws {
        try await LoopbackServer.with(kind, files: Self.files(9)) { server in
            try await JobBench.with(script: Self.reading) { bench in
                try await register(place(of: server, kind), kind == .s3 ? Self.s3Keys : Credentials(), in: bench)
                let job = try await bench.submit(Self.folder, recursive: false, overrides: bench.overrides())
                let ended = try await bench.end(of: job.name)
                #expect(ended.state == .completed, "\(ended.cause ?? "")")
                #expect(try bench.lines(of: ended).map(String.init) == Self.rows(9))
                #expect(!FileManager.default.fileExists(atPath: bench.workspace.folder.job(job.name).inputFiles))
            }
        }
    }

    @Test(arguments: LoopbackServer.Kind.allCases)
    func `A script's input is looked into with all its folders`(_ kind: LoopbackServer.Kind) async throws {
        try await LoopbackServer.with(kind, files: Self.files(2)) { server in
            try await JobBench.with(script: Self.reading) { bench in
                try await register(place(of: server, kind), kind == .s3 ? Self.s3Keys : Credentials(), in: bench)
                let job = try await bench.submit(Self.folder)
                let ended = try await bench.end(of: job.name)
                #expect(try bench.lines(of: ended).map(String.init) == Self.rows(2) + ["inner.csv=inner"])
            }
        }
    }

    @Test(arguments: LoopbackServer.Kind.allCases)
    func `One file elsewhere is an input`(_ kind: LoopbackServer.Kind) async throws {
        try await LoopbackServer.with(kind, files: Self.files(2)) { server in
            try await JobBench.with(script: Self.reading) { bench in
                try await register(place(of: server, kind), kind == .s3 ? Self.s3Keys : Credentials(), in: bench)
                let path = DatastorePath(datastore: "elsewhere", path: "in/f1 ä.csv")
                let ended = try await bench.end(of: try await bench.submit(.datastore(path)).name)
                #expect(ended.specification.input.kind == .file)
                #expect(try bench.lines(of: ended).map(String.init) == ["f1 ä.csv=1"])
            }
        }
    }

    @Test func `An environment that can't be built fails the job while the server is silent`() async throws {
        let missing = ["missing @ file:///nowhere/missing-1.0-py3-none-any.whl"]
        try await withSilentServer { port in
            try await JobBench.with(script: Self.reading, requirements: missing) { bench in
                try await register(.http(url: "http://127.0.0.1:\(port)"), in: bench)
                let job = try await bench.submit(Self.folder, recursive: false, overrides: bench.overrides())
                let ended = try await bench.end(of: job.name)
                #expect(ended.state == .failed && ended.cause?.contains("missing") == true, "\(ended.cause ?? "")")
            }
        }
    }

    @Test func `Each file that can't be downloaded fails alone, with its own reason`() async throws {
        try await LoopbackServer.with(.web, files: Self.files(6)) { server in
            try server.setFaults(
                """
                {"/in/f0 ä.csv": {"status": 404}, "/in/f1 ä.csv": {"status": 403}, "/in/f2 ä.csv": {"etag": "other"},
                 "/in/f3 ä.csv": {"status": 503, "times": 2}, "/in/f4 ä.csv": {"cut": 1, "times": 2}}
                """
            )
            try await JobBench.with(script: Self.reading) { bench in
                let job = try await bench.submit(.url(server.url + "/in/"), recursive: false)
                let ended = try await bench.end(of: job.name)
                #expect(ended.state == .completed, "\(ended.cause ?? "")")
                #expect(try bench.lines(of: ended).map(String.init) == Array(Self.rows(6)[3...]))
                let failures = try await bench.workspace.failures(of: job.name).sorted { $0.file < $1.file }
                #expect(failures.map(\.file) == ["f0 ä.csv", "f1 ä.csv", "f2 ä.csv"])
                #expect(failures.map(\.type) == ["FileGone", "AccessDenied", "FileChanged"])
                expectMessage(failures.map(\.message).joined(separator: "\n"), "failure/remote")
            }
        }
    }

    @Test func `A body without end fails its file at the size that the job's shell allows`() async throws {
        try await LoopbackServer.with(.web, files: Self.files(3)) { server in
            try server.setFaults(#"{"/in/f1 ä.csv": {"endless": true}}"#)
            try await JobBench.with(script: Self.reading) { bench in
                var invocation = Invocation(endpointName: "bench", input: .url(server.url + "/in/"))
                invocation.isRecursive = false
                invocation.variables = ["BATCHSTUDIO_MAX_FILE_SIZE": "1MiB"]
                let job = try await bench.workspace.invoke(invocation)
                await bench.executor.wake()
                let ended = try await bench.end(of: job.name)
                #expect(ended.state == .completed, "\(ended.cause ?? "")")
                #expect(try bench.lines(of: ended).map(String.init) == ["f0 ä.csv=0", "f2 ä.csv=2"])
                let failures = try await bench.workspace.failures(of: job.name)
                #expect(failures.map(\.file) == ["f1 ä.csv"])
                #expect(failures.map(\.type) == ["TooLarge"])
                #expect(failures.first?.message.contains("1048576 bytes") == true)
                let cache = try FileManager.default.contentsOfDirectory(atPath: bench.workspace.folder.inputCache)
                #expect(cache.count == 2)
            }
        }
    }

    @Test func `Credentials are not sent on to the port that a server redirects to`() async throws {
        try await LoopbackServer.with(.web, files: Self.files(2)) { server in
            try await LoopbackServer.with(.web, files: Self.files(1)) { other in
                try server.setFaults("{\"/in/f0 ä.csv\": {\"redirect\": \"\(other.url)/in/f0%20%C3%A4.csv\"}}")
                try await JobBench.with(script: Self.reading) { bench in
                    let credentials = Credentials(values: ["token": "TOPSECRET"], headers: ["X-Api-Key": "TOPSECRET"])
                    try await register(.http(url: server.url), credentials, in: bench)
                    let job = try await bench.submit(Self.folder, recursive: false)
                    let ended = try await bench.end(of: job.name)
                    #expect(try bench.lines(of: ended).map(String.init) == Self.rows(2), "\(ended.cause ?? "")")
                    #expect(other.requests().contains { $0.hasPrefix("GET") })
                    #expect(Self.places(of: "TOPSECRET", below: other.folder).isEmpty)
                    #expect(Self.places(of: "TOPSECRET", below: server.folder) == ["/headers.log"])
                }
            }
        }
    }

    @Test(arguments: LoopbackServer.Kind.allCases)
    func `Files elsewhere that failed are scored again as they are now, the others are not fetched`(
        _ kind: LoopbackServer.Kind
    ) async throws {
        try await LoopbackServer.with(kind, files: Self.files(0).merging(numbered(8)) { $1 }) { server in
            let script = """
                import os
                def init():
                    pass
                def run(mini_batch):
                    if any(open(path).read() == "5\\n" for path in mini_batch) and not os.path.exists(os.environ["BENCH_FLAG"]):
                        raise ValueError("five")
                    return [os.path.basename(path) for path in mini_batch]
                """
            try await JobBench.with(script: script) { bench in
                try await register(place(of: server, kind), kind == .s3 ? Self.s3Keys : Credentials(), in: bench)
                let overrides = bench.overrides {
                    $0.miniBatchSize = 2
                    $0.bisectFailedMiniBatches = false
                    $0.maxRetries = 1
                }
                let many = DataReference.datastore(DatastorePath(datastore: "elsewhere", path: "many"))
                let job = try await bench.submit(many, overrides: overrides)
                let first = try await bench.end(of: job.name)
                #expect(first.counts.failedFiles == 2, "\(first.cause ?? "")")
                try bench.raiseFlag()
                let retried = try await bench.workspace.retryFailed(RetryDraft(jobName: job.name))
                let listing = try String(
                    contentsOfFile: bench.workspace.folder.job(retried.name).remoteListing,
                    encoding: .utf8
                )
                #expect(listing.split(separator: "\n").count { $0.contains(#""etag":null"#) } == 2)
                await bench.executor.wake()
                let ended = try await bench.end(of: retried.name)
                #expect(ended.state == .completed, "\(ended.cause ?? "")")
                #expect(try bench.lines(of: ended) == JobBench.names(0..<8))
            }
        }
    }

    @Test func `A file elsewhere over which workers die fails alone`() async throws {
        try await LoopbackServer.with(.web, files: numbered(8)) { server in
            let script = """
                import os
                def init():
                    pass
                def run(mini_batch):
                    for path in mini_batch:
                        if open(path).read() == "5\\n":
                            os._exit(3)
                    return [os.path.basename(path) for path in mini_batch]
                """
            try await JobBench.with(script: script) { bench in
                let overrides = bench.overrides {
                    $0.miniBatchSize = 4
                    $0.maxRetries = 1
                }
                let job = try await bench.submit(.url(server.url + "/many/"), overrides: overrides)
                let ended = try await bench.end(of: job.name)
                #expect(ended.state == .completed, "\(ended.cause ?? "")")
                #expect(try bench.lines(of: ended) == JobBench.names(0..<5) + JobBench.names(6..<8))
                let failures = try await bench.workspace.failures(of: job.name)
                #expect(failures.map(\.file) == ["00005.txt"])
                #expect(failures.map(\.type) == ["WorkerDied"])
            }
        }
    }

    @Test func `A job that resumes, one that scores again, and a deleted one: each has its own secrets`() async throws {
        try await LoopbackServer.with(.web, files: Self.files(2)) { server in
            try server.require(#"{"query": "sv=1&sig=TOPSECRET"}"#)
            try server.setFaults(#"{"/in/f1 ä.csv": {"status": 404}}"#)
            try await JobBench.with(script: Self.reading) { bench in
                let job = try await bench.submit(.url(server.url + "/in/f1%20%C3%A4.csv?sv=1&sig=TOPSECRET"))
                #expect(try await bench.end(of: job.name).state == .failed)
                try server.setFaults("{}")
                let retried = try await bench.workspace.retryFailed(RetryDraft(jobName: job.name))
                await bench.executor.wake()
                let ended = try await bench.end(of: retried.name)
                #expect(try bench.lines(of: ended) == ["f1 ä.csv=1"], "\(ended.cause ?? "")")
                try await bench.workspace.deleteJob(retried.name)
                #expect(
                    Self.places(of: "TOPSECRET", below: bench.folder) == ["/workspace/secrets/job.\(job.name).json"]
                )
                _ = try await bench.workspace.resume(job.name)
                await bench.executor.wake()
                let resumed = try await bench.end(of: job.name)
                #expect(resumed.state == .completed, "\(resumed.cause ?? "")")
                try await bench.workspace.deleteJob(job.name)
                #expect(Self.places(of: "TOPSECRET", below: bench.folder).isEmpty)
            }
        }
    }

    @Test func `A second job on the same files fetches nothing`() async throws {
        try await LoopbackServer.with(.web, files: Self.files(5)) { server in
            try await JobBench.with(script: Self.reading) { bench in
                let input = DataReference.url(server.url + "/in/")
                _ = try await bench.end(of: try await bench.submit(input).name)
                let count = server.requests().count { $0.hasPrefix("GET") && $0.hasSuffix(".csv") }
                let ended = try await bench.end(of: try await bench.submit(input).name)
                #expect(ended.counts.succeededFiles == 6)
                #expect(server.requests().count { $0.hasPrefix("GET") && $0.hasSuffix(".csv") } == count)
            }
        }
    }

    @Test func `A killed fetcher is followed by another, and nothing is lost`() async throws {
        try await LoopbackServer.with(.web, files: Self.files(30)) { server in
            // Its answers come a second apart, so that it lives when it is killed.
            try server.setFaults(#"{"/in/f29 ä.csv": {"status": 503, "times": 2}}"#)
            try await JobBench.with(script: JobCancelTests.waiting) { bench in
                let job = try await bench.submit(.url(server.url + "/in/"), overrides: bench.overrides())
                _ = try await bench.job(job.name, becomes: .running)
                let fetcher = try await wait(for: "the fetcher") { Self.fetchers(of: bench).first }
                kill(fetcher, SIGKILL)
                try bench.raiseFlag()
                let ended = try await bench.end(of: job.name)
                #expect(ended.state == .completed, "\(ended.cause ?? "")")
                #expect(ended.counts.succeededFiles == 31)
                #expect(Self.fetchers(of: bench).isEmpty)
            }
        }
    }

    @Test func `A canceled job's fetcher is gone`() async throws {
        try await LoopbackServer.with(.web, files: Self.files(3)) { server in
            try server.setFaults(#"{"/in/f0 ä.csv": {"status": 503}}"#)
            try await JobBench.with(script: Self.reading) { bench in
                let job = try await bench.submit(.url(server.url + "/in/"), overrides: bench.overrides())
                _ = try await wait(for: "the fetcher") { Self.fetchers(of: bench).first }
                try await bench.cancel(job.name)
                #expect(try await bench.end(of: job.name).state == .canceled)
                _ = try await wait(for: "the fetcher's end") { Self.fetchers(of: bench).isEmpty ? true : nil }
            }
        }
    }

    @Test func `A job that another executor takes up does not list again`() async throws {
        try await LoopbackServer.with(.web, files: Self.files(0).merging(numbered(12)) { $1 }) { server in
            try await JobBench.with(script: JobCancelTests.waiting) { bench in
                let job = try await bench.submit(.url(server.url + "/many/"), overrides: bench.overrides())
                _ = try await bench.job(job.name, finishes: 5)
                try await bench.executor.stop()
                try bench.raiseFlag()
                try await bench.executor.start()
                let ended = try await bench.end(of: job.name)
                #expect(try bench.lines(of: ended) == JobBench.names(0..<12))
                #expect(server.requests().count { $0 == "GET /many/" } == 1)
            }
        }
    }

    private func numbered(_ count: Int) -> [String: String] {
        Dictionary(uniqueKeysWithValues: (0..<count).map { (String(format: "many/%05d.txt", $0), "\($0)\n") })
    }

    @Test func `Secrets open a place and are nowhere but in their own file`() async throws {
        let secrets = ["token": "TOPSECRET-token", "header": "TOPSECRET-header"]
        try await LoopbackServer.with(.web, files: Self.files(3)) { server in
            try server.require(#"{"header": "X-Key", "value": "TOPSECRET-header"}"#)
            try server.setFaults(#"{"/in/f0 ä.csv": {"status": 401}}"#)
            try await JobBench.with(script: JobCancelTests.waiting) { bench in
                try await register(
                    .http(url: server.url),
                    Credentials(values: ["token": secrets["token"] ?? ""], headers: ["X-Key": secrets["header"] ?? ""]),
                    in: bench
                )
                let job = try await bench.submit(Self.folder, overrides: bench.overrides())
                _ = try await bench.job(job.name, becomes: .running)
                for process in Self.fetchers(of: bench) {
                    for file in ["cmdline", "environ"] {
                        let text = FileManager.default.contents(atPath: "/proc/\(process)/\(file)") ?? Data()
                        #expect(!String(decoding: text, as: UTF8.self).contains("TOPSECRET"))
                    }
                }
                let ended = try await bench.end(of: job.name)
                #expect(ended.counts.succeededFiles == 3, "\(ended.cause ?? "")")
                #expect(
                    Self.places(of: "TOPSECRET", below: bench.folder) == ["/workspace/secrets/datastore.elsewhere.json"]
                )
            }
        }
    }

    @Test func `A signed address opens a file and is stored without its signature`() async throws {
        try await LoopbackServer.with(.web, files: Self.files(2)) { server in
            try server.require(#"{"query": "sv=1&sig=TOPSECRET"}"#)
            try await JobBench.with(script: Self.reading) { bench in
                let job = try await bench.submit(.url(server.url + "/in/f1%20%C3%A4.csv?sv=1&sig=TOPSECRET"))
                let ended = try await bench.end(of: job.name)
                #expect(try bench.lines(of: ended) == ["f1 ä.csv=1"], "\(ended.cause ?? "")")
                #expect(ended.specification.input.reference == .url(server.url + "/in/f1%20%C3%A4.csv"))
                #expect(
                    Self.places(of: "TOPSECRET", below: bench.folder) == ["/workspace/secrets/job.\(job.name).json"]
                )
            }
        }
    }

    @Test func `A wrong key is a sentence, without the key`() async throws {
        try await LoopbackServer.with(.blob, files: Self.files(1)) { server in
            try server.require(#"{"query": "sig=right"}"#)
            try await JobBench.with(script: Self.reading) { bench in
                try await register(
                    place(of: server, .blob),
                    Credentials(values: ["sas_token": "?sv=1&sig=TOPSECRET"]),
                    in: bench
                )
                let ended = try await bench.end(of: try await bench.submit(Self.folder).name)
                #expect(ended.state == .failed)
                expectMessage(ended.cause, "cause/access-denied", placeholders: [server.url: "URL"])
                #expect(
                    Self.places(of: "TOPSECRET", below: bench.folder) == ["/workspace/secrets/datastore.elsewhere.json"]
                )
            }
        }
    }

    /// The fetchers of a bench's workspace.
    private static func fetchers(of bench: JobBench) -> [pid_t] {
        let mark = "BATCHSTUDIO_WORKSPACE_ID=\(Orphans.mark(of: bench.workspace.folder.path))"
        return livingProcesses(withEnvironment: mark).map { pid_t($0) }.filter {
            let line = FileManager.default.contents(atPath: "/proc/\($0)/cmdline") ?? Data()
            return String(decoding: line, as: UTF8.self).contains("fetcher.py")
        }
    }

    /// The files below a folder that hold a text.
    private static func places(of text: String, below folder: String) -> [String] {
        let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return paths.filter {
            FileManager.default.contents(atPath: folder + "/" + $0)?.firstRange(of: Data(text.utf8)) != nil
        }
        .map { "/" + $0 }
    }
}
