import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

@Suite struct DatastoreCommandTests {
    private static let yaml = """
        name: archive
        type: azure_blob
        account_name: wine
        container_name: data
        credentials:
          account_key: TOPSECRET
        """

    private func with(_ body: (CommandBench) async throws -> Void) async throws {
        try await CommandBench.with { bench in
            try write(Self.yaml, to: bench.folder + "/ds.yml")
            let answer = await bench.run("datastore create -f \(bench.folder)/ds.yml")
            #expect(answer.exitCode == 0, "\(answer.error)")
            #expect(!answer.output.contains("TOPSECRET"))
            try await body(bench)
        }
    }

    @Test func `A secret is shown as a mask`() async throws {
        try await with { bench in
            let shown = await bench.run("datastore show -n archive --query credentials.account_key -o tsv")
            #expect(shown.output == "***\n")
        }
    }

    @Test func `An update keeps what it does not name, the secret too`() async throws {
        try await with { bench in
            let answer = await bench.run("datastore update -n archive --set container_name=other")
            #expect(answer.exitCode == 0, "\(answer.error)")
            let workspace = try bench.workspace()
            let datastore = try await workspace.datastore("archive")
            #expect(datastore.remote == .azureBlob(AzureContainer(accountName: "wine", container: "other")))
            #expect(try workspace.credentials(of: datastore).values == ["account_key": "TOPSECRET"])
        }
    }

    @Test func `A deleted datastore is listed no more`() async throws {
        try await with { bench in
            #expect(await bench.run("datastore delete -n archive --yes").exitCode == 0)
            let names = await bench.run("datastore list --query [].name -o tsv")
            #expect(names.output == "workspaceblobstore\n")
        }
    }

    @Test func `Data elsewhere is registered as it is named`() async throws {
        try await with { bench in
            let path = "azureml://datastores/archive/paths/wine/unlabeled"
            let answer = await bench.run("data create -n wine --path \(path) --query path -o tsv")
            #expect(answer.output == path + "\n", "\(answer.error)")
        }
    }
}
