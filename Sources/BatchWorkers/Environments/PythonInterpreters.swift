import FoundationEssentials

/// The Pythons of this machine, looked for once a process.
package actor PythonInterpreters {
    /// The one that everybody shares.
    package static let shared = PythonInterpreters()

    private let variables: [String: String]
    private let cache: CacheFolder
    private let isFixed: Bool
    private var found: [PythonInterpreter]?

    package init(
        variables: [String: String] = ProcessInfo.processInfo.environment,
        cache: CacheFolder? = nil
    ) {
        self.variables = variables
        self.cache = cache ?? CacheFolder(variables: variables)
        isFixed = false
    }

    /// A fixed list, so that nothing is looked for.
    package init(known interpreters: [PythonInterpreter]) {
        variables = [:]
        cache = CacheFolder(variables: [:])
        isFixed = true
        found = interpreters
    }

    /// The interpreters that run, in the order of the search: `PATH` first.
    package func installed() async -> [PythonInterpreter] {
        if let found { return found }
        let answers = await ask(candidates())
        found = answers
        return answers
    }

    /// The interpreters that run; looks again when the wanted one is not known, as it may have been installed since.
    package func installed(lookingFor wanted: PythonVersion?) async -> [PythonInterpreter] {
        let known = await installed()
        let isKnown = wanted.map { known.matching($0) != nil } ?? !known.isEmpty
        guard !isKnown, !isFixed else { return known }
        found = nil
        return await installed()
    }

    /// Real paths of what may be a Python: shims are left out, since they start whatever the folder says.
    private func candidates() -> [String] {
        var paths: [String] = []
        for folder in PythonFolders(variables: variables, cache: cache).folders {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            for name in names.sorted() where Self.isInterpreterName(name) {
                let path = URL(filePath: "\(folder)/\(name)").resolvingSymlinksInPath().path
                if !paths.contains(path), FileManager.default.isExecutableFile(atPath: path) { paths.append(path) }
            }
        }
        return paths
    }

    private static func isInterpreterName(_ name: String) -> Bool {
        guard name.hasPrefix("python3") else { return false }
        let rest = name.dropFirst("python3".count)
        return rest.isEmpty || (rest.first == "." && rest.count > 1 && rest.dropFirst().allSatisfy(\.isNumber))
    }

    /// Prints version and real path; nothing for what is no CPython, or is a copy inside a virtual environment.
    private static let question = """
        import os, sys
        if sys.prefix == getattr(sys, "base_prefix", sys.prefix) and sys.implementation.name == "cpython":
            print("%d.%d.%d" % sys.version_info[:3]); print(os.path.realpath(sys.executable))
        """

    private func ask(_ candidates: [String]) async -> [PythonInterpreter] {
        let variables = variables
        return await withTaskGroup { group in
            for (index, path) in candidates.enumerated() {
                group.addTask {
                    let process = ToolProcess(
                        executable: path,
                        arguments: ["-I", "-S", "-c", Self.question],
                        variables: variables
                    )
                    let outcome = try? await process.run()
                    guard let lines = outcome?.lines, outcome?.succeeded == true, lines.count == 2,
                        let version = PythonVersion(lines[0])
                    else { return (index, PythonInterpreter?.none) }
                    return (index, PythonInterpreter(path: lines[1], version: version))
                }
            }
            var answers: [(Int, PythonInterpreter)] = []
            for await (index, interpreter) in group {
                guard let interpreter, !answers.contains(where: { $0.1 == interpreter }) else { continue }
                answers.append((index, interpreter))
            }
            return answers.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}
