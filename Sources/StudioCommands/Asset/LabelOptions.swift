import ArgumentParser
import BatchDomain
import BatchManifest

/// `--set`, `--add` and `--remove` for things of which only names and labels may change.
struct LabelOptions: ParsableArguments {
    @Option(parsing: .upToNextOption, help: "New values: KEY=VALUE, with '.' between keys.")
    var set: [String] = []

    @Flag(help: .azureOnly)
    var noWait = false

    @OptionGroup var changes: UpdateOptions

    /// The shown values of a thing with the changes, as far as they are allowed.
    ///
    /// - Parameters:
    ///   - shown: What `show` prints.
    ///   - thing: The thing as a user calls it.
    ///   - keys: The keys that may change.
    /// - Returns: The new values.
    /// - Throws: ``ValidationError`` for a change of another key.
    func changed(_ shown: ManifestValue, of thing: String, allowing keys: [String]) throws -> LabelChanges {
        let document = try changes.changed(shown, of: thing).setting(set, forceString: changes.forceString)
        return try LabelChanges.read(document, of: shown, thing: thing, allowing: keys)
    }
}
