import Foundation
import PtyHarness
import TestSupport
import Testing

/// Many processes on one workspace at once, as on a shared machine.
@Suite(.serialized)
struct ManyAtOnceTests {
    /// Seconds that the processes work; `MANY_AT_ONCE_SECONDS` makes it longer.
    private static let seconds = ProcessInfo.processInfo.environment["MANY_AT_ONCE_SECONDS"].flatMap { Int($0) } ?? 15
    private static let processes = 16

    /// One of many: makes an endpoint, changes what all change, submits a job, looks around; writes down what it has done.
    private static let worker = """
        number=$1; program=$2; end=$(($(date +%s) + $3)); rounds=0; last=0
        while [ "$(date +%s)" -lt "$end" ]; do
            rounds=$((rounds + 1))
            "$program" batch-endpoint create -n "own-$number-$rounds" -o none || exit 1
            "$program" batch-endpoint update -n shared --set "tags.worker$number=$rounds" -o none || exit 2
            last=$rounds
            if [ $((number % 4)) = 0 ]; then
                "$program" batch-endpoint invoke -n bench --input ./input --query name -o tsv >>jobs || exit 3
            fi
            "$program" batch-endpoint list -o none || exit 4
            "$program" job list -o none || exit 5
        done
        echo "$rounds $last" >"done-$number"
        """

    private static let script = """
        import os
        def init():
            pass
        def run(mini_batch):
            return [os.path.basename(path) for path in mini_batch]
        """

    private static func deploy(in program: Program) throws {
        try write(script, to: program.folder + "/code/score.py")
        try write("dependencies:\n- python\n", to: program.folder + "/conda.yml")
        try write("a model", to: program.folder + "/model/model.txt")
        for number in 0..<5 { try write("", to: "\(program.folder)/input/\(number).txt") }
        try write(
            """
            name: script
            endpoint_name: bench
            type: model
            model: {path: ./model, type: custom_model}
            code_configuration: {code: ./code, scoring_script: score.py}
            environment: {conda_file: ./conda.yml}
            settings: {mini_batch_size: 1, max_concurrency_per_instance: 2}
            """,
            to: program.folder + "/deployment.yml"
        )
        _ = try program.succeed("batch-endpoint", "create", "-n", "bench")
        _ = try program.succeed("batch-endpoint", "create", "-n", "shared")
        _ = try program.succeed("batch-deployment", "create", "-f", "deployment.yml", "--set-default")
    }

    /// Changes an endpoint's description in its form, again and again, and looks each time whether the others let it be.
    private static func edit(
        _ endpoint: String,
        in studio: StudioSession,
        of program: Program,
        for duration: Duration
    ) throws -> Int {
        let patience = Duration.seconds(60)
        let end = ContinuousClock.now + duration
        var edits = 0
        while ContinuousClock.now < end {
            let text = "edit \(edits + 1) of the studio"
            studio.press("e")
            try studio.expect("Edit \(endpoint)", within: patience)
            try studio.expect("What it is for", within: patience)
            studio.press("ctrl+u")
            studio.type(text)
            try studio.expect(text, within: patience)
            studio.press("ctrl+s")
            try studio.expectLine("Description", text, within: patience)
            try studio.expect("Endpoints › \(endpoint)", within: patience)
            try studio.terminal.wait(for: "the end of the form", within: patience) { terminal in
                !terminal.lines.contains { $0.contains("Edit \(endpoint)") }
            }
            edits += 1
            #expect(try program.value("description", of: "batch-endpoint", "show", "-n", endpoint) == text)
        }
        return edits
    }

    @Test(.timeLimit(.minutes(10)))
    func `Sixteen processes, the studio and the executor lose no update and are never turned away`() async throws {
        try await Program.with { program in
            try Self.deploy(in: program)
            try write(Self.worker, to: program.folder + "/worker.sh")
            // Not `&` and `wait`: dash waits for ever where SIGCHLD is blocked, as Swift Testing has it.
            let all =
                "seq \(Self.processes) | xargs -P \(Self.processes) -I{} sh worker.sh {} '\(Program.path)' \(Self.seconds)"
            let studio = try StudioSession(program)
            try studio.expect("▸ bench")
            studio.press("down")
            try studio.expect("▸ shared")
            studio.press("enter")
            try studio.expect("Endpoints › shared")
            async let crowd = program.succeed("/bin/sh", ["-c", all + " 2>errors"])
            let edits = try Self.edit("shared", in: studio, of: program, for: .seconds(Self.seconds))
            _ = try await crowd
            #expect(edits >= 2)
            studio.press("esc")
            try studio.expect("own-")
            #expect(!studio.terminal.lines.joined().contains("locked"))

            #expect(try String(contentsOfFile: program.folder + "/errors", encoding: .utf8) == "")
            let tags = try program.succeed("batch-endpoint", "show", "-n", "shared", "--query", "tags", "-o", "json")
            #expect(
                try program.value("description", of: "batch-endpoint", "show", "-n", "shared")
                    == "edit \(edits) of the studio"
            )
            let kept = try JSONDecoder().decode([String: String].self, from: Data(tags.utf8))
            var rounds = 0
            for number in 1...Self.processes {
                let done = try String(contentsOfFile: "\(program.folder)/done-\(number)", encoding: .utf8)
                let counts = done.split(whereSeparator: \.isWhitespace).map(String.init)
                rounds += Int(counts[0]) ?? 0
                #expect(kept["worker\(number)"] == counts[1], "an update of process \(number) was lost")
            }
            let names = try program.succeed("batch-endpoint", "list", "--query", "[].name", "-o", "tsv").split(
                separator: "\n"
            )
            #expect(names.count { $0.hasPrefix("own-") } == rounds)
            let jobs = try String(contentsOfFile: program.folder + "/jobs", encoding: .utf8).split(separator: "\n")
            #expect(jobs.count >= 4 && Set(jobs).count == jobs.count)
            for job in jobs {
                _ = try await wait(for: "job \(job)", within: .seconds(240)) {
                    try program.succeed("job", "show", "-n", String(job), "--query", "status", "-o", "tsv")
                        == "Completed"
                        ? true : nil
                }
                let rows = try String(
                    contentsOfFile: "\(program.workspace)/blobs/\(job)/score/predictions.csv",
                    encoding: .utf8
                )
                #expect(rows == "0.txt\n1.txt\n2.txt\n3.txt\n4.txt\n")
            }
        }
    }
}
