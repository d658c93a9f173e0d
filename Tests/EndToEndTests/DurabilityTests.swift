import Foundation
import TestSupport
import Testing

/// Copies that a power loss right after the command must not empty.
struct DurabilityTests {
    /// Runs a command; returns the paths that it synced.
    private static func synced(by command: String, in program: Program) throws -> Set<String> {
        let library = program.folder + "/synced_files.so"
        let source = Repository.folder + "/Tests/EndToEndTests/Scripts/synced_files.c"
        let compile = "$(command -v cc || command -v clang) -shared -fPIC -o '\(library)' '\(source)' -ldl"
        #expect(try program.shell(compile).exitCode == 0)
        let list = program.folder + "/synced"
        let result = try program.shell("SYNCED_FILES='\(list)' LD_PRELOAD='\(library)' $B \(command)")
        #expect(result.exitCode == 0, "\(result.error)")
        defer { try? FileManager.default.removeItem(atPath: list) }
        return Set(try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n").map(String.init))
    }

    @Test func `A model's files and folders are on the disk before it is registered`() async throws {
        try await Program.with { program in
            try write("weights", to: program.folder + "/model/data/weights.bin")
            let synced = try Self.synced(
                by: "model create --name wine --type custom_model --path model",
                in: program
            )
            let models = program.workspace + "/models/"
            let copied = synced.filter { $0.hasPrefix(models + ".partial-") }
            #expect(copied.contains { $0.hasSuffix("/data/weights.bin") })
            #expect(copied.contains { $0.hasSuffix("/data") })
            #expect(synced.isSuperset(of: [models + "wine/1", models + "wine", program.workspace + "/models"]))
        }
    }

    @Test func `A backup's files and folders are on the disk before it is reported`() async throws {
        try await Program.with { program in
            try write("weights", to: program.folder + "/model/data/weights.bin")
            _ = try program.succeed("model", "create", "--name", "wine", "--type", "custom_model", "--path", "model")
            let synced = try Self.synced(by: "workspace backup copy", in: program)
            let copy = program.folder + "/copy"
            #expect(
                synced.isSuperset(of: [
                    copy, copy + "/studio.sqlite", copy + "/models/wine/1/model/data",
                    copy + "/models/wine/1/model/data/weights.bin",
                ])
            )
        }
    }
}
