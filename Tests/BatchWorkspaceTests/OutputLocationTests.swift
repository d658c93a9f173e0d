import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

/// Links in the way of an output.
struct OutputLocationTests {
    private static func output(_ path: String) -> DatastorePath {
        DatastorePath(datastore: Datastore.defaultName, path: path)
    }

    @Test func `A link to nothing holds the output's name`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let blobs = bench.workspace.folder.blobs
            try FileManager.default.createDirectory(atPath: blobs + "/scores", withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                atPath: blobs + "/scores/predictions.csv",
                withDestinationPath: bench.folder + "/nowhere"
            )
            await expectRefusal(.alreadyExists, "output/link-to-nothing", placeholders: [bench.folder: "FOLDER"]) {
                try await bench.invoke { $0.output = Self.output("scores") }
            }
        }
    }

    @Test(arguments: ["linked", "linked/deeper"]) func `An output below a link is refused`(path: String) async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            try FileManager.default.createDirectory(atPath: bench.folder + "/else", withIntermediateDirectories: true)
            let link = bench.workspace.folder.blobs + "/linked"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: bench.folder + "/else")
            await expectRefusal(.file, "output/below-link", placeholders: [bench.folder: "FOLDER"]) {
                try await bench.invoke { $0.output = Self.output(path) }
            }
            #expect(try await bench.workspace.jobs().isEmpty)
        }
    }

    @Test func `A link in a datastore outside of the workspace is the user's own`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let (place, target) = (bench.folder + "/store", bench.folder + "/else")
            for path in [place, target] {
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            }
            try FileManager.default.createSymbolicLink(atPath: place + "/linked", withDestinationPath: target)
            _ = try await bench.workspace.save(
                DatastoreRegistration(datastore: Datastore(name: "store", path: place, createdAt: WorkspaceBench.date))
            )
            let job = try await bench.invoke { $0.output = DatastorePath(datastore: "store", path: "linked") }
            #expect(job.specification.output.folder == place + "/linked")
        }
    }
}
