import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

struct ModelTests {
    @Test func `Versions count up by themselves`() async throws {
        try await WorkspaceBench.with { bench in
            let registration = try bench.modelRegistration()
            for version in ["1", "2", "3"] {
                #expect(try await bench.workspace.register(registration).version == version)
            }
        }
    }

    @Test func `Versions count up from the highest number, whatever else there is`() async throws {
        try await WorkspaceBench.with { bench in
            for version in ["7", "beta", "3", "9223372036854775807"] {
                _ = try await bench.workspace.register(try bench.modelRegistration(version: version))
            }
            #expect(try await bench.workspace.register(try bench.modelRegistration()).version == "8")
        }
    }

    @Test func `A version never changes`() async throws {
        try await WorkspaceBench.with { bench in
            _ = try await bench.workspace.register(try bench.modelRegistration(version: "5"))
            await expectRefusal(.alreadyExists, "model/version-exists") {
                _ = try await bench.workspace.register(try bench.modelRegistration(version: "5"))
            }
        }
    }

    @Test func `The latest is the one registered last`() async throws {
        try await WorkspaceBench.with { bench in
            for version in ["10", "2"] {
                _ = try await bench.workspace.register(try bench.modelRegistration(version: version))
            }
            #expect(try await bench.workspace.model(AssetReference(name: "wine")).version == "2")
            let exact = AssetReference(name: "wine", version: .exact("10"))
            #expect(try await bench.workspace.model(exact).version == "10")
        }
    }

    @Test func `Lists have the newest first, one version a name or all of one`() async throws {
        try await WorkspaceBench.with { bench in
            for name in ["wine", "iris", "wine"] {
                _ = try await bench.workspace.register(try bench.modelRegistration(name))
            }
            #expect(try await bench.workspace.models().map(\.id.description) == ["azureml:wine:2", "azureml:iris:1"])
            #expect(try await bench.workspace.models(named: "wine").map(\.version) == ["2", "1"])
        }
    }

    @Test func `A model is copied: what happens to its source does not matter`() async throws {
        try await WorkspaceBench.with { bench in
            let registration = try bench.modelRegistration()
            let model = try await bench.workspace.register(registration)
            try FileManager.default.removeItem(atPath: registration.path)
            #expect(try String(contentsOfFile: model.path + "/model.bin", encoding: .utf8) == "weights")
            #expect(model.bytes == 7)
            #expect(model.path == bench.workspace.folder.models + "/wine/1/wine")
        }
    }

    @Test func `A copied model is its owner's alone`() async throws {
        try await WorkspaceBench.with { bench in
            let registration = try bench.modelRegistration()
            try write("#!/bin/sh", to: registration.path + "/code/run.sh")
            let everyone: [FileAttributeKey: Any] = [.posixPermissions: 0o777]
            try FileManager.default.setAttributes(everyone, ofItemAtPath: registration.path + "/code/run.sh")
            let model = try await bench.workspace.register(registration)
            for (path, mode) in [("", 0o700), ("/code", 0o700), ("/model.bin", 0o600), ("/code/run.sh", 0o600)] {
                let attributes = try FileManager.default.attributesOfItem(atPath: model.path + path)
                #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == mode)
            }
        }
    }

    @Test func `A single file is a model too`() async throws {
        try await WorkspaceBench.with { bench in
            try write("pickle", to: bench.folder + "/model.pkl")
            let model = try await bench.workspace.register(
                ModelRegistration(name: "one", kind: .custom, path: bench.folder + "/model.pkl", source: "model.pkl")
            )
            #expect(try String(contentsOfFile: model.path, encoding: .utf8) == "pickle")
            #expect(model.path.hasSuffix("/one/1/model.pkl"))
        }
    }

    @Test func `A link within the folder is copied as what it points to`() async throws {
        try await WorkspaceBench.with { bench in
            let registration = try bench.modelRegistration()
            let link = registration.path + "/latest.bin"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "model.bin")
            let model = try await bench.workspace.register(registration)
            let attributes = try FileManager.default.attributesOfItem(atPath: model.path + "/latest.bin")
            #expect(attributes[.type] as? FileAttributeType == .typeRegular)
            #expect(model.bytes == 14)
        }
    }

    @Test(arguments: ["/etc/hostname", "../../secret", "/etc"])
    func `A link out of the folder is refused, and nothing is left`(target: String) async throws {
        try await WorkspaceBench.with { bench in
            try write("secret", to: bench.folder + "/secret")
            let registration = try bench.modelRegistration()
            let link = registration.path + "/outside"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
            await expectRefusal(.file, "model/link to \(target)", placeholders: [bench.folder: "FOLDER"]) {
                _ = try await bench.workspace.register(registration)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: bench.workspace.folder.models).isEmpty)
            #expect(try await bench.workspace.models().isEmpty)
        }
    }

    @Test func `A link to nothing is refused`() async throws {
        try await WorkspaceBench.with { bench in
            let registration = try bench.modelRegistration()
            let link = registration.path + "/gone"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "nothing")
            await expectRefusal(.file, "model/link-to-nothing", placeholders: [bench.folder: "FOLDER"]) {
                _ = try await bench.workspace.register(registration)
            }
        }
    }

    @Test func `A folder that holds itself through links is refused`() async throws {
        try await WorkspaceBench.with { bench in
            let registration = try bench.modelRegistration()
            for name in ["a", "b"] { try write(name, to: registration.path + "/\(name)/file") }
            let manager = FileManager.default
            try manager.createSymbolicLink(atPath: registration.path + "/a/b", withDestinationPath: "../b")
            try manager.createSymbolicLink(atPath: registration.path + "/b/a", withDestinationPath: "../a")
            await expectRefusal(.file, "model/link-to-parent", placeholders: [bench.folder: "FOLDER"]) {
                _ = try await bench.workspace.register(registration)
            }
        }
    }

    @Test func `A missing folder is told by its path`() async throws {
        try await WorkspaceBench.with { bench in
            let path = bench.folder + "/none"
            await expectRefusal(.file, "model/missing", placeholders: [bench.folder: "FOLDER"]) {
                _ = try await bench.workspace.register(
                    ModelRegistration(name: "wine", kind: .custom, path: path, source: path)
                )
            }
        }
    }

    @Test func `An unknown model and an unknown version are told apart`() async throws {
        try await WorkspaceBench.with { bench in
            let workspace = bench.workspace
            await expectRefusal(.notFound, "model/unknown") {
                _ = try await workspace.model(AssetReference(name: "wine"))
            }
            for _ in 0..<2 { _ = try await workspace.register(try bench.modelRegistration()) }
            await expectRefusal(.notFound, "model/version-unknown") {
                _ = try await workspace.model(AssetReference(name: "wine", version: .exact("9")))
            }
        }
    }

    @Test func `All that is wrong with a name and a version is said at once`() async throws {
        try await WorkspaceBench.with { bench in
            let error = await #expect(throws: ValidationError.self) {
                try await bench.workspace.register(try bench.modelRegistration("a/b", version: ""))
            }
            #expect(error?.problems.map(\.field) == ["name", "version", "version"])
        }
    }

    @Test func `Two who register the same model at once get two versions`() async throws {
        try await WorkspaceBench.with { bench in
            let registration = try bench.modelRegistration()
            let others = try bench.reopened()
            async let first = bench.workspace.register(registration)
            async let second = others.register(registration)
            #expect(Set([try await first.version, try await second.version]) == ["1", "2"])
        }
    }

    @Test func `Copies that killed processes left are removed a day later`() async throws {
        try await WorkspaceBench.with { bench in
            let folder = bench.workspace.folder
            let (old, new) = (folder.models + "/.partial-old", folder.code + "/.partial-new")
            for copy in [old, new] { try write("half", to: copy + "/model.pkl") }
            let dayAndMore = Date(timeIntervalSinceNow: -90_000)
            try FileManager.default.setAttributes([.modificationDate: dayAndMore], ofItemAtPath: old)
            bench.workspace.sweepUnfinishedCopies()
            #expect(!FileManager.default.fileExists(atPath: old))
            #expect(FileManager.default.fileExists(atPath: new))
        }
    }
}
