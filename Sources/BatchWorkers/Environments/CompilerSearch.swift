import FoundationEssentials

/// Looks for the C compiler that builds of Python packages call.
struct CompilerSearch {
    /// The process's environment.
    let variables: [String: String]

    /// The compiler that `CC` names, else the first usual one on the `PATH`.
    var path: String? {
        let names = variables["CC"].map { [$0] } ?? ["cc", "gcc", "clang"]
        let folders = (variables["PATH"] ?? "").split(separator: ":")
        return names.lazy.flatMap { name in
            name.hasPrefix("/") ? [name] : folders.map { "\($0)/\(name)" }
        }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
