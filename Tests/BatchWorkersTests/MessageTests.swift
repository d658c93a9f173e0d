import BatchDomain
import Foundation
import Testing

@testable import BatchWorkers

struct ExecutorMessageTests {
    /// The message as the other side reads it.
    private func object(_ message: ExecutorMessage) throws -> NSDictionary {
        let line = try message.line()
        #expect(line.last == UInt8(ascii: "\n"))
        #expect(line.count { $0 == UInt8(ascii: "\n") } == 1)
        return try #require(try JSONSerialization.jsonObject(with: line) as? NSDictionary)
    }

    @Test func `load names the script and how to run it`() throws {
        let load = ExecutorMessage.Load(
            script: "/code/score.py",
            codeFolder: "/code",
            modelFolder: "/models/wine/1",
            arguments: ["--logging_level", "info"],
            fork: true
        )
        #expect(
            try object(.load(load)) == [
                "op": "load", "script": "/code/score.py", "code_dir": "/code", "model_dir": "/models/wine/1",
                "arguments": ["--logging_level", "info"], "fork": true,
            ]
        )
    }

    @Test func `fork and become name the worker and its streams`() throws {
        let streams = WorkerStreams(stdout: "/out", stderr: "/err")
        #expect(
            try object(.fork(worker: 3, streams: streams))
                == ["op": "fork", "worker": 3, "stdout": "/out", "stderr": "/err"]
        )
        #expect(
            try object(.become(worker: 1, streams: streams))
                == ["op": "become", "worker": 1, "stdout": "/out", "stderr": "/err"]
        )
    }

    @Test func `kill names the worker`() throws {
        #expect(try object(.kill(worker: 3)) == ["op": "kill", "worker": 3])
    }

    @Test func `start names the job's files`() throws {
        let start = ExecutorMessage.Start(
            job: "job",
            manifest: "/m",
            inputRoot: "/in",
            segment: "/s",
            outputFolder: "/out",
            outputAction: "append_row"
        )
        #expect(
            try object(.start(start)) == [
                "op": "start", "job": "job", "manifest": "/m", "input_root": "/in", "segment": "/s",
                "output_dir": "/out", "output_action": "append_row", "output_format": "csv",
            ]
        )
    }

    @Test func `start has what differs from the defaults`() throws {
        var start = ExecutorMessage.Start(
            job: "job",
            manifest: "/m",
            inputRoot: "/in",
            segment: "/s",
            outputFolder: "/out",
            outputAction: "append_row"
        )
        start.rowContract = "by_index"
        start.fileColumn = "path"
        start.inputTypes = "/job/input_types.json"
        start.reportColumns = true
        start.workFolder = "/job/work"
        #expect(
            try object(.start(start)) == [
                "op": "start", "job": "job", "manifest": "/m", "input_root": "/in", "segment": "/s",
                "output_dir": "/out", "output_action": "append_row", "output_format": "csv",
                "row_contract": "by_index", "file_column": "path", "input_types": "/job/input_types.json",
                "report_columns": true, "work_dir": "/job/work",
            ]
        )
    }

    @Test func `columns has the names in order`() throws {
        #expect(
            try object(.columns(["row", "b", "a", "file"])) == ["op": "columns", "names": ["row", "b", "a", "file"]]
        )
    }

    @Test func `start says how files are read, where that is given`() throws {
        var options = ReadOptions()
        try options.set(.delimiter, to: .text("tab"))
        try options.set(.header, to: .text("false"))
        let start = ExecutorMessage.Start(
            job: "job",
            manifest: "/m",
            inputRoot: "/in",
            segment: "/s",
            outputFolder: "/out",
            outputAction: "append_row",
            readOptions: options
        )
        #expect(try object(.start(start))["read_options"] as? NSDictionary == ["delimiter": "\t", "header": false])
    }

    @Test func `A run in parts names files of the mini-batch`() throws {
        #expect(
            try object(.runInParts(id: 4, bytes: 10..<15, parts: [0..<2, 3..<5]))
                == ["op": "run", "id": 4, "offset": 10, "length": 5, "parts": [[0, 2], [3, 5]]]
        )
    }

    @Test func `run and check name bytes of the manifest`() throws {
        #expect(try object(.run(id: 12, bytes: 900..<945)) == ["op": "run", "id": 12, "offset": 900, "length": 45])
        #expect(
            try object(.check(id: 0, bytes: 0..<900, seconds: 0.5))
                == ["op": "check", "id": 0, "offset": 0, "length": 900, "seconds": 0.5]
        )
    }

    @Test func `stop says nothing else`() throws {
        #expect(try object(.stop) == ["op": "stop"])
    }

    @Test func `A line feed in a path does not end the line`() throws {
        let line = try ExecutorMessage.become(worker: 1, streams: WorkerStreams(stdout: "/a\nb", stderr: "/é")).line()
        #expect(line.count { $0 == UInt8(ascii: "\n") } == 1)
    }
}

struct WorkerMessageTests {
    private func decode(_ json: String) throws -> WorkerMessage {
        try JSONDecoder().decode(WorkerMessage.self, from: Data(json.utf8))
    }

    @Test func `hello of a host has no worker`() throws {
        let message = try decode(
            #"{"op":"hello","protocol":1,"role":"host","token":"t","pid":4711,"python":"3.11.7"}"#
        )
        let hello = WorkerMessage.Hello(protocol: 1, role: "host", token: "t", pid: 4711, python: "3.11.7")
        #expect(message == .hello(hello))
    }

    @Test func `ready tells what is loaded`() throws {
        let ready = WorkerMessage.Ready(seconds: 2.5, forkable: false, reason: "torch", versions: ["mlflow": "3"])
        #expect(
            try decode(#"{"op":"ready","seconds":2.5,"forkable":false,"reason":"torch","versions":{"mlflow":"3"}}"#)
                == .ready(ready)
        )
        #expect(try decode(#"{"op":"ready","seconds":1}"#) == .ready(WorkerMessage.Ready(seconds: 1)))
    }

    @Test func `done tells where the rows lie and what failed`() throws {
        let json = """
            {"op":"done","id":12,"offset":81,"bytes":1234,"crc":4294967295,"rows":100,"files":10,
             "failed":[{"file":"c.csv","type":"ValueError","message":"no"}],"failed_count":3,"warnings":["w"],
             "seconds":{"read":0.01}}
            """
        let done = WorkerMessage.Done(
            id: 12,
            offset: 81,
            bytes: 1234,
            crc: .max,
            rows: 100,
            files: 10,
            failed: [WorkerMessage.FailedFile(file: "c.csv", type: "ValueError", message: "no")],
            failedCount: 3,
            warnings: ["w"],
            seconds: ["read": 0.01]
        )
        #expect(try decode(json) == .done(done))
    }

    @Test(arguments: [
        (#"{"op":"bye"}"#, WorkerMessage.bye),
        (#"{"op":"forked","worker":3,"pid":12}"#, .forked(worker: 3, pid: 12)),
        (#"{"op":"exited","worker":3,"pid":12,"status":-9}"#, .exited(worker: 3, pid: 12, status: -9)),
        (#"{"op":"forked","worker":3,"pid":12,"node":"10.0.0.3"}"#, .forked(worker: 3, pid: 12, node: "10.0.0.3")),
        (
            #"{"op":"exited","worker":3,"pid":0,"status":-9,"lost":"node 10.0.0.3"}"#,
            .exited(worker: 3, pid: 0, status: -9, lost: "node 10.0.0.3")
        ),
        (#"{"op":"waiting","reason":"room"}"#, .waiting(.init(reason: "room"))),
        (#"{"op":"waiting","reason":"room","has_nodes":true}"#, .waiting(.init(reason: "room", hasNodes: true))),
        (#"{"op":"disk_full","id":1,"message":"m"}"#, .diskFull(id: 1, message: "m")),
        (#"{"op":"whole_file","id":1,"message":"m"}"#, .wholeFile(id: 1, reason: "m")),
        (
            #"{"op":"error","id":1,"type":"E","message":"m","traceback":"t","seconds":{}}"#,
            .error(id: 1, WorkerMessage.ScriptError(type: "E", message: "m", traceback: "t"))
        ),
        (#"{"op":"fatal","type":"E","message":"m"}"#, .fatal(WorkerMessage.ScriptError(type: "E", message: "m"))),
        (#"{"op":"heartbeat","id":1,"rss":5,"cpu":0.5}"#, .heartbeat(WorkerMessage.Heartbeat(id: 1, rss: 5, cpu: 0.5))),
        (
            #"{"op":"checked","id":0,"files":2,"problems":[]}"#,
            .checked(WorkerMessage.Checked(id: 0, files: 2, problems: []))
        ),
    ])
    func `A message is read by its operation`(json: String, message: WorkerMessage) throws {
        #expect(try decode(json) == message)
    }

    @Test(arguments: ["{\"op\":\"dance\"}", "{}", "[]", "{\"op\":\"forked\"}", "nothing"])
    func `What the protocol does not know is refused`(json: String) {
        #expect(throws: (any Error).self) { try decode(json) }
    }
}
