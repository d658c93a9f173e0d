import ArgumentParser
import BatchDomain
import BatchManifest

/// A YAML file and changes to it: what all `create` and `update` commands take.
struct FileOptions: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: "The YAML file that describes it, as az ml reads it.",
        completion: .file(extensions: ["yml", "yaml"])
    )
    var file: String?

    @Option(parsing: .upToNextOption, help: "Values in place of the file's: KEY=VALUE, with '.' between keys.")
    var set: [String] = []

    @Flag(help: .azureOnly)
    var noWait = false

    /// The file with the flags' values and then those of `--set` in place of its own.
    func document(in session: Session, flags: KeyValuePairs<String, String?> = [:]) throws -> YAMLDocument {
        try changed(session.document(file), flags: flags)
    }

    /// A flag's path: with a file, whose own paths start from its folder, it must be absolute; else it stays as typed.
    func path(_ path: String?, in session: Session) -> String? {
        file == nil ? path : path.map(session.absoluteIfLocal)
    }

    /// A document with the flags' values and then those of `--set` in place of its own.
    func changed(
        _ document: YAMLDocument,
        flags: KeyValuePairs<String, String?> = [:],
        forceString: Bool = false
    ) throws -> YAMLDocument {
        var document = document
        for (path, text) in flags { document = try document.setting(path: path, text: text) }
        return try document.setting(set, forceString: forceString)
    }
}
