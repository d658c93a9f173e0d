import TerminalKit

/// All bindings, the user's own keys in place of the standard ones.
struct Keymap {
    /// The bindings, in the order of help and documents.
    private(set) var bindings: [Binding]
    /// Their problems, reported when the studio opens.
    private(set) var problems: [String] = []

    /// Takes the standard bindings, or others, and puts the user's keys into them.
    init(_ bindings: [Binding] = Keymap.standard, overrides: KeymapFile = KeymapFile()) {
        self.bindings = bindings
        problems = overrides.problems
        for (command, keys) in overrides.keys {
            for index in self.bindings.indices where self.bindings[index].command == command {
                self.bindings[index].keys = keys
            }
        }
        problems += duplicates()
    }

    /// The binding that a key has where the keyboard is; the innermost wins.
    func binding(for key: Key, in contexts: [KeyContext]) -> Binding? {
        for context in contexts + [.everywhere] {
            if let found = bindings.first(where: { $0.contexts.contains(context) && $0.keys.contains(key) }) {
                return found
            }
        }
        return nil
    }

    /// The bindings that apply where the keyboard is, the innermost first, each command once.
    func bindings(in contexts: [KeyContext]) -> [Binding] {
        var seen: Set<Command> = []
        return (contexts + [.everywhere]).flatMap { context in bindings.filter { $0.contexts.contains(context) } }
            .filter { seen.insert($0.command).inserted }
    }

    /// The keys of a binding that an inner context does not take for something else.
    func keys(of binding: Binding, in contexts: [KeyContext]) -> [Key] {
        binding.keys.filter { self.binding(for: $0, in: contexts)?.command == binding.command }
    }

    /// The keys that two commands of one context claim, each pair once.
    private func duplicates() -> [String] {
        var clashes: [(text: String, contexts: [String])] = []
        for context in KeyContext.allCases {
            var owners: [Key: Command] = [:]
            for binding in bindings where binding.contexts.contains(context) {
                for key in binding.keys {
                    guard let owner = owners[key], owner != binding.command else {
                        owners[key] = binding.command
                        continue
                    }
                    let text = "The key \(key) means \(owner.rawValue) and \(binding.command.rawValue)"
                    if let index = clashes.firstIndex(where: { $0.text == text }) {
                        clashes[index].contexts.append(context.title)
                    } else {
                        clashes.append((text, [context.title]))
                    }
                }
            }
        }
        return clashes.map { "\($0.text) (\($0.contexts.joined(separator: ", "))); it does the first." }
    }
}
