import BatchDomain
import BatchManifest
import BatchWorkspace
import Foundation
import TestSupport
import Testing

/// What `show -o yaml` prints creates the same thing again.
struct RoundTripTests {
    /// Values that YAML could take for something else.
    private static let words = [
        "yes", "null", "007", "1.50", "a: b", "- x", "#no", "'", "\"", "ä 漢", "", " x ", "{}", "~",
    ]

    private static func withEverything(_ body: (CommandBench) async throws -> Void) async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            try write(
                "name: x\nchannels: [conda-forge]\ndependencies:\n- python=3.10\n- pip:\n  - scikit-learn==1.4.0\n",
                to: bench.folder + "/conda.yaml"
            )
            try write("def init(): pass\ndef run(files): return files\n", to: bench.folder + "/code/score.py")
            for line in [
                "environment create -n sklearn-env -c ./conda.yaml --image python:3.10",
                "compute create -n batch-cluster --type amlcompute --max-instances 5 --size STANDARD_DS3_v2 -d 60",
                "batch-deployment create -f deployment.yml -e wine-batch -n scripted --set compute=azureml:batch-cluster "
                    + "code_configuration.code=./code code_configuration.scoring_script=score.py "
                    + "environment=azureml:sklearn-env@latest settings.logging_level=debug settings.error_threshold=5 "
                    + "resources.instance_count=3 environment_variables.A=1",
                "batch-endpoint invoke -n wine-batch --input azureml:wine-unlabeled@latest --job-name night -m 3 "
                    + "--env A=1 --tag team=wine --experiment-name trials --set display_name=Nightly",
            ] {
                let answer = await bench.run(line.replacing("deployment.yml", with: bench.folder + "/deployment.yml"))
                #expect(answer.exitCode == 0, "\(answer.error)")
            }
            try await body(bench)
        }
    }

    /// What of a thing says which one it is, and when.
    private static let own = [
        "id", "name", "version", "creation_context", "scoring_uri", "openapi_uri", "source", "created_on", "path",
        "code_configuration", "services", "batchstudio", "outputs",
    ]

    private static func shown(_ line: String, in bench: CommandBench) async throws -> [YAMLNode.Entry] {
        let text = await bench.run(line + " -o yaml").output
        return try YAMLDocument(text: text, file: "shown").root.entries ?? []
    }

    private static func plain(_ entries: [YAMLNode.Entry]) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: entries.filter { !own.contains($0.key) }.map { ($0.key, plainText($0.value)) }
        )
    }

    private static func plainText(_ node: YAMLNode) -> String {
        if let entries = node.entries {
            return "{" + entries.map { "\($0.key)=\(plainText($0.value))" }.joined(separator: ";") + "}"
        }
        if let elements = node.elements { return "[" + elements.map(plainText).joined(separator: ";") + "]" }
        return node.isNull ? "null" : "'\(node.text ?? "")'"
    }

    @Test(
        arguments: [
            ("model", "-n wine", "-n other"), ("data", "-n wine-unlabeled", "-n other"),
            ("environment", "-n sklearn-env", "-n other"), ("compute", "-n batch-cluster", "-n other"),
            ("batch-deployment", "-n wine-mlflow -e wine-batch", "-n other -e wine-batch"),
            ("batch-deployment", "-n scripted -e wine-batch", "-n other -e wine-batch"),
            ("job", "-n night", "-n other"),
        ]
    )
    func `under another name, too`(noun: String, old: String, new: String) async throws {
        try await Self.withEverything { bench in
            let update = ["description=it is: \"so\"", "tags.quoted=007", "tags.plain=a: b # c"]
            let flags = old.split(separator: " ").map(String.init)
            let updated = await bench.run([noun, "update"] + flags + ["--set"] + update)
            #expect(updated.exitCode == 0, "\(updated.error)")
            let before = try await Self.shown("\(noun) show \(old)", in: bench)
            let text = await bench.run("\(noun) show \(old) -o yaml").output
            let place = "FOLDER/workspace/code/GUID"
            let code = try await bench.workspace().deployment("scripted", of: "wine-batch").code?.folder ?? place
            try write(
                text.replacing(place, with: code).replacing("FOLDER", with: bench.folder),
                to: bench.folder + "/again.yml"
            )
            let created = await bench.run("\(noun) create -f \(bench.folder)/again.yml \(new)")
            #expect(created.exitCode == 0, "\(created.error)")
            let after = try await Self.shown("\(noun) show \(new)", in: bench)
            #expect(Self.plain(after) == Self.plain(before))
            #expect(after.map(\.key) == before.map(\.key))
            #expect(Self.plain(after)["tags"]?.contains("quoted='007'") == true)
        }
    }

    @Test func `an endpoint, whose default deployment must be there`() async throws {
        try await Self.withEverything { bench in
            let show = "batch-endpoint show -n wine-batch -o yaml"
            _ = await bench.run("batch-endpoint update -n wine-batch --set description=Wine tags.a=1 properties.b=2")
            let before = await bench.run(show).output
            try write(before, to: bench.folder + "/again.yml")
            #expect(await bench.run("batch-endpoint create -f \(bench.folder)/again.yml -o yaml").output == before)
            let other = await bench.run("batch-endpoint create -f \(bench.folder)/again.yml -n other")
            #expect(other.exitCode == 1 && other.error.contains("wine-mlflow"))
            let set = "--set defaults=null --query [description,tags.a,properties.b] -o tsv"
            let made = await bench.run("batch-endpoint create -f \(bench.folder)/again.yml -n other \(set)")
            #expect(made.output == "Wine\n1\n2\n")
        }
    }

    @Test(arguments: words)
    func `texts that look like something else stay texts`(word: String) async throws {
        try await CommandBench.with { bench in
            let draft = EndpointDraft(name: "wine-batch", description: word, tags: [word: word, "x": word])
            _ = try await bench.workspace().createEndpoint(draft)
            let shown = await bench.run("batch-endpoint show -n wine-batch -o yaml").output
            try write(shown, to: bench.folder + "/again.yml")
            let made = await bench.run("batch-endpoint create -f \(bench.folder)/again.yml -n other")
            #expect(made.error == "")
            let other = try await bench.workspace().endpoint("other")
            #expect(other.description == word && other.tags == [word: word, "x": word])
        }
    }
}

extension Deployment {
    /// The scoring code, where it has its own.
    fileprivate var code: ScoringCode? {
        if case .script(let code) = scoring { code } else { nil }
    }
}
