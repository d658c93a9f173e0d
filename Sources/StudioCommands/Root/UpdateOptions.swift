import ArgumentParser
import BatchDomain
import BatchManifest

/// `--add` and `--remove`: what `update` commands take besides `--set`.
struct UpdateOptions: ParsableArguments {
    @Option(parsing: .upToNextOption, help: "Labels to add: tags.KEY=VALUE.")
    var add: [String] = []

    @Option(parsing: .upToNextOption, help: "Labels to remove: tags.KEY; for a deployment also settings.")
    var remove: [String] = []

    @Flag(help: "Take the values of --set and --add as text, also those that begin with [ or {.")
    var forceString = false

    /// A value as a document that can be changed further, without what is removed and with what is added.
    func changed(_ value: ManifestValue, of thing: String) throws -> YAMLDocument {
        try changed(YAMLDocument(text: value.yaml, file: thing), of: thing)
    }

    /// A document without what is removed and with what is added.
    func changed(_ document: YAMLDocument, of thing: String) throws -> YAMLDocument {
        var document = document
        for path in remove {
            guard document.has(path: path) else {
                throw BatchDomain.ValidationError(
                    Problem(
                        field: "--remove",
                        value: path,
                        rule: "must name a label or a setting that \(thing) has",
                        example: "tags.owner"
                    )
                )
            }
            document = document.removing(path: path)
        }
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
