import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

struct InvokeTests {
    @Test func `A job is queued, with names made for it`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke()
            #expect(job.state == .queued)
            #expect(UUID(uuidString: job.name) != nil)
            #expect(job.experimentName == "wine-batch")
            #expect(job.displayName.wholeMatch(of: /[a-z]+_[a-z]+_[a-z0-9]{8}/) != nil)
            #expect(try await bench.workspace.job(job.name) == job)
            #expect(try await bench.workspace.transitions(of: job.name).map(\.state) == [.queued])
        }
    }

    @Test func `A job takes the default deployment, or the one that is named`() async throws {
        try await WorkspaceBench.with { bench in
            for name in ["first", "second"] { try await bench.deploy(name) }
            #expect(try await bench.invoke().specification.deploymentName == "first")
            let named = try await bench.invoke { $0.deploymentName = "second" }
            #expect(named.specification.deploymentName == "second")
        }
    }

    @Test func `An unknown deployment is told with those that exist`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy("first")
            await expectRefusal(.notFound, "invoke/deployment-unknown") {
                try await bench.invoke { $0.deploymentName = "none" }
            }
        }
    }

    @Test func `An endpoint without deployments says what to do`() async throws {
        try await WorkspaceBench.with { bench in
            _ = try await bench.workspace.createEndpoint(EndpointDraft(name: "wine-batch"))
            await expectRefusal(.invalidState, "invoke/no-deployment") { try await bench.invoke() }
        }
    }

    @Test func `A table's options come over the deployment's, and the user's over both`() async throws {
        try await WorkspaceBench.with { bench in
            func options(_ given: KeyValuePairs<ReadOption, String>) throws -> ReadOptions {
                var options = ReadOptions()
                for (option, text) in given { try options.set(option, to: .text(text)) }
                return options
            }
            let own = try options([.delimiter: "|", .decimal: ",", .skipRows: "1"])
            try await bench.deploy { $0.settings.readOptions = own }
            let input = try bench.makeInput()
            let table = MLTable(
                root: input,
                patterns: ["*.csv"],
                readOptions: try options([.delimiter: ";", .skipRows: "2"])
            )
            let asset = try await bench.workspace.register(
                DataRegistration(name: "wines", kind: .table, path: .local(input), table: table)
            )
            let given = try options([.skipRows: "3"])
            let expected = try options([.delimiter: ";", .decimal: ",", .skipRows: "3"])
            let registered = try await bench.invoke {
                $0.input = .asset(AssetReference(name: asset.name))
                $0.overrides.readOptions = given
            }
            let local = try await bench.invoke {
                ($0.input, $0.inputKind, $0.table) = (.local(input), .table, table)
                $0.overrides.readOptions = given
            }
            for specification in [registered.specification, local.specification] {
                #expect(specification.settings.readOptions == expected)
                #expect(specification.overrides.readOptions == given)
                #expect(specification.input.kind == .table && specification.input.path == input)
                #expect(specification.input.patterns == ["*.csv"] && specification.input.isRecursive == true)
            }
        }
    }

    @Test func `The same call with a table returns the same job`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let input = try bench.makeInput()
            var invocation = Invocation(endpointName: "wine-batch", input: .local(input))
            (invocation.inputKind, invocation.table) = (.table, MLTable(root: input, patterns: ["*.csv"]))
            invocation.jobName = "nightly"
            let first = try await bench.workspace.submit(invocation)
            let second = try await bench.workspace.submit(invocation)
            #expect(first.isNew && !second.isNew && first.job == second.job)
        }
    }

    @Test func `Overrides are frozen in the job, and change nothing else`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy {
                $0.settings.miniBatchSize = 10
                $0.settings.environmentVariables = ["A": "1", "B": "2"]
            }
            let job = try await bench.invoke {
                $0.overrides.miniBatchSize = 3
                $0.overrides.environmentVariables = ["B": "3"]
            }
            #expect(job.specification.settings.miniBatchSize == 3)
            #expect(job.specification.settings.environmentVariables == ["A": "1", "B": "3"])
            #expect(job.specification.overrides.miniBatchSize == 3)
            try await bench.deploy { $0.settings.miniBatchSize = 99 }
            #expect(try await bench.workspace.job(job.name).specification.settings.miniBatchSize == 3)
            #expect(try await bench.workspace.deployment("mlflow", of: "wine-batch").settings.miniBatchSize == 99)
        }
    }

    @Test func `Overrides are judged as settings are`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            await expectRefusal(of: ["retry_settings.timeout"], "invoke/overrides") {
                try await bench.invoke { $0.overrides.timeout = 0 }
            }
            #expect(try await bench.workspace.jobs().isEmpty)
        }
    }

    @Test func `The latest of a data asset is frozen as its version`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            for name in ["old", "new"] {
                _ = try await bench.workspace.register(
                    DataRegistration(name: "unlabeled", path: .local(try bench.makeInput(name)))
                )
            }
            let job = try await bench.invoke { $0.input = .asset(AssetReference(name: "unlabeled")) }
            #expect(job.specification.input.reference.description == "azureml:unlabeled:2")
            #expect(job.specification.input.path == bench.folder + "/new")
            #expect(job.specification.input.kind == .folder)
        }
    }

    @Test func `An input that does not exist is told by its path`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            await expectRefusal(.notFound, "invoke/input-missing") {
                try await bench.invoke { $0.input = .local("/no/such/folder") }
            }
        }
    }

    @Test func `An address is taken as it is, and its files go to the job's folder`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke { $0.input = .url("https://host/data/a%20b.csv") }
            let input = job.specification.input
            #expect(input.remote?.address == "https://host/data/a%20b.csv")
            #expect(input.kind == .file)
            #expect(input.path.hasSuffix("/jobs/\(job.name)/inputs/files/a b.csv"))
        }
    }

    @Test func `The first rows of a remote input can't be taken`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            var options = ReadOptions()
            try options.set(.take, to: .text("10"))
            await expectRefusal(.invalidState, "invoke/take-of-remote") {
                try await bench.invoke {
                    $0.input = .url("https://host/data/a.csv")
                    $0.overrides.readOptions = options
                }
            }
            #expect(try await bench.workspace.jobs().isEmpty)
            try await bench.invoke { $0.overrides.readOptions = options }
        }
    }

    @Test func `An address that nothing reads is refused with those that can be read`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            await expectRefusal(of: ["input"], "invoke/address") {
                try await bench.invoke { $0.input = .url("ftp://host/data") }
            }
        }
    }

    @Test func `A folder said to be a file is refused`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            await expectRefusal(.file, "invoke/folder-as-file", placeholders: [bench.folder: "FOLDER"]) {
                try await bench.invoke { $0.inputKind = .file }
            }
        }
    }

    @Test func `Output goes to a folder of the job, or where it is told to`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let own = try await bench.invoke { $0.jobName = "nightly" }
            let blobs = bench.workspace.folder.blobs
            #expect(own.specification.output.file == blobs + "/nightly/score/predictions.csv")
            let other = try await bench.invoke {
                $0.output = try DatastorePath("azureml://datastores/workspaceblobstore/paths/a/b", field: "output")
                $0.overrides.outputFileName = "rows.csv"
            }
            #expect(other.specification.output.file == blobs + "/a/b/rows.csv")
        }
    }

    @Test func `An output that exists is refused, and no job is made`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let file = bench.workspace.folder.blobs + "/taken/predictions.csv"
            try write("mine", to: file)
            await expectRefusal(.alreadyExists, "invoke/output-exists", placeholders: [bench.folder: "FOLDER"]) {
                try await bench.invoke { $0.output = DatastorePath(datastore: "workspaceblobstore", path: "taken") }
            }
            #expect(try await bench.workspace.jobs().isEmpty)
        }
    }

    @Test func `An output that another job is to write is refused`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let place = DatastorePath(datastore: "workspaceblobstore", path: "shared")
            let first = try await bench.invoke { $0.output = place }
            await expectRefusal(.alreadyExists, "invoke/output-of-other-job", placeholders: [first.name: "JOB"]) {
                try await bench.invoke { $0.output = place }
            }
            try await bench.invoke {
                $0.output = place
                $0.overrides.outputFileName = "other.csv"
            }
            try await bench.move(first.name, through: .preparing, .failed)
            try await bench.invoke { $0.output = place }
        }
    }

    @Test func `An unknown datastore is told with those that exist`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            await expectRefusal(.notFound, "invoke/datastore-unknown") {
                try await bench.invoke { $0.output = DatastorePath(datastore: "lake", path: "a") }
            }
        }
    }

    @Test func `Two jobs can't have one name`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            try await bench.invoke { $0.jobName = "nightly" }
            await expectRefusal(.alreadyExists, "invoke/name-taken") {
                try await bench.invoke {
                    $0.jobName = "nightly"
                    $0.output = DatastorePath(datastore: "workspaceblobstore", path: "elsewhere")
                }
            }
        }
    }

    @Test func `The same call under the same name returns the job that it made`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            var invocation = Invocation(endpointName: "wine-batch", input: .local(try bench.makeInput()))
            invocation.jobName = "nightly"
            invocation.overrides.miniBatchSize = 3
            let first = try await bench.workspace.submit(invocation)
            #expect(first.isNew)
            try await bench.move("nightly", through: .preparing, .failed)
            let again = try await bench.workspace.submit(invocation)
            #expect(!again.isNew && again.job.state == .failed)
            #expect(again.job.specification == first.job.specification)
            #expect(try await bench.workspace.jobs().count == 1)
        }
    }

    @Test func `Another call under the same name is told what differs`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            _ = try await bench.workspace.createEndpoint(EndpointDraft(name: "other"))
            try await bench.invoke { $0.jobName = "nightly" }
            let other = try bench.makeInput("other")
            let changes: [(String, (inout Invocation) -> Void)] = [
                ("endpoint", { $0.endpointName = "other" }),
                ("input", { $0.input = .local(other) }),
                ("recursive", { $0.isRecursive = true }),
                ("mini-batch-size", { $0.overrides.miniBatchSize = 3 }),
                ("variables", { $0.overrides.environmentVariables = ["A": "1"] }),
            ]
            for (name, change) in changes {
                await expectRefusal(
                    .alreadyExists,
                    "invoke/repeated-with-other-\(name)",
                    placeholders: [bench.folder: "FOLDER"]
                ) {
                    try await bench.invoke {
                        $0.jobName = "nightly"
                        change(&$0)
                    }
                }
            }
        }
    }

    @Test func `Variables of the caller are kept while the job lives, for its owner alone`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke { $0.variables = ["AWS_SECRET_ACCESS_KEY": "planted"] }
            #expect(try bench.workspace.variables(of: job.name) == ["AWS_SECRET_ACCESS_KEY": "planted"])
            let path = bench.workspace.folder.path + "/secrets/job.\(job.name).json"
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            try await bench.move(job.name, through: .preparing, .failed)
            #expect(try bench.workspace.variables(of: job.name) == nil)
            #expect(!FileManager.default.fileExists(atPath: path))
            _ = try await bench.workspace.resume(job.name, variables: ["UV_OFFLINE": "1"])
            #expect(try bench.workspace.variables(of: job.name) == ["UV_OFFLINE": "1"])
        }
    }

    @Test(arguments: ["../up", "a/b", "", ".hidden", "a b"])
    func `A name that could leave the folder of jobs is refused`(name: String) async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            await #expect(throws: ValidationError.self) { try await bench.invoke { $0.jobName = name } }
        }
    }
}
