import ArgumentParser
import BatchDomain
import BatchManifest

/// `--add` and `--remove`: what `update` commands take besides `--set`.
struct UpdateOptions: ParsableArguments {
    @Option(parsing: .upToNextOption, help: "Labels to add: tags.KEY=VALUE.")
    var add: [String] = []

    @Option(parsing: .upToNextOption, help: "Labels to remove: tags.KEY.")
    var remove: [String] = []

    @Flag(help: "Take the values of --set and --add as text, also those that begin with [ or {.")
    var forceString = false

    /// A value as a document that can be changed further, without what is removed and with what is added.
    func changed(_ value: ManifestValue, of thing: String) throws -> YAMLDocument {
        var value = value
        for path in remove {
            let keys = path.split(separator: ".").map(String.init)
            guard let shorter = value.removing(keys[...]) else {
                throw BatchDomain.ValidationError(
                    Problem(
                        field: "--remove",
                        value: path,
                        rule: "must name a label that \(thing) has",
                        example: "tags.owner"
                    )
                )
            }
            value = shorter
        }
        var document = try YAMLDocument(text: value.yaml, file: thing)
        for assignment in try Assignment.read(additions, flag: "--add", example: "tags.owner=me") {
            document = try document.setting(path: assignment.key, text: assignment.value)
        }
        return document
    }

    /// `--add tags owner=me`, as az has it, is `--add tags.owner=me`.
    private var additions: [String] {
        var above: String?
        var assignments: [String] = []
        for text in add {
            if !text.contains("="), above == nil || text != add.last {
                above = text
            } else {
                assignments.append(above.map { "\($0).\(text)" } ?? text)
            }
        }
        return assignments
    }
}

extension YAMLDocument {
    /// A document with the values of `--set` in place of its own.
    func setting(_ texts: [String], forceString: Bool) throws -> YAMLDocument {
        var document = self
        for assignment in try Assignment.read(texts, flag: "--set", example: "tags.owner=me") {
            document =
                forceString
                ? try document.setting(path: assignment.key, text: assignment.value)
                : try document.setting(path: assignment.key, value: assignment.value)
        }
        return document
    }
}

extension ManifestValue {
    /// The value without what a path names; nil when it has no such thing.
    fileprivate func removing(_ path: ArraySlice<String>) -> ManifestValue? {
        guard let key = path.first, var entries, let index = entries.firstIndex(where: { $0.key == key }) else {
            return nil
        }
        if path.count == 1 {
            entries.remove(at: index)
        } else {
            guard let shorter = entries[index].value.removing(path.dropFirst()) else { return nil }
            entries[index].value = shorter
        }
        return .mapping(entries)
    }
}
