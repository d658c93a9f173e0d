import ArgumentParser

/// The formats of `--output`, as `az` names them.
enum OutputFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
    case json
    case jsonc
    case yaml
    case yamlc
    case table
    case tsv
    case none
}
