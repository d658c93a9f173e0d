import TerminalKit

/// The rows that are marked for what is done to several at once, by their identifiers.
struct Marks: Equatable {
    private(set) var names: Set<String> = []

    var isEmpty: Bool { names.isEmpty }

    /// Returns whether a row is marked.
    func contains(_ name: String) -> Bool { names.contains(name) }

    /// Marks a row, or takes its mark away.
    mutating func toggle(_ name: String) {
        if names.remove(name) == nil { names.insert(name) }
    }

    /// Marks rows.
    mutating func add(_ names: some Sequence<String>) {
        self.names.formUnion(names)
    }

    /// Marks these rows, or none where all of them are marked.
    mutating func toggleAll(_ names: [String]) {
        if self.names.isSuperset(of: names) { self.names = [] } else { add(names) }
    }

    /// Takes all marks away.
    mutating func clear() { names = [] }

    /// Forgets rows that are gone.
    mutating func keep(_ names: some Sequence<String>) { self.names.formIntersection(names) }
}
