import Foundation
import PackagePlugin

/// Embeds the files of a target's `Runtime` folder in the target, as `EmbeddedRuntime.files`.
@main
struct EmbedRuntime: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let folder = target.directoryURL.appending(path: "Runtime")
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedRuntime.swift")
        return [
            .buildCommand(
                displayName: "Embedding the Python runtime",
                executable: try context.tool(named: "EmbedFolder").url,
                arguments: [folder.path, output.path],
                inputFiles: [folder] + Self.files(below: folder),
                outputFiles: [output]
            )
        ]
    }

    private static func files(below folder: URL) -> [URL] {
        let entries = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (entries?.compactMap { $0 as? URL } ?? []).filter { ["py", "txt"].contains($0.pathExtension) }
    }
}
