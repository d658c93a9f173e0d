import BatchManifest
import StudioCore

/// A noun of the command line: the record that its generic commands read.
protocol Noun: Sendable {
    /// The values that the commands list and show.
    associatedtype Thing: Sendable

    /// The noun as it is typed.
    static var command: String { get }
    /// The word for one of them, as in "Delete data asset 'wine'?".
    static var title: String { get }
    /// The names that a shell completes.
    static var names: NamedThing { get }
    /// The columns of a table.
    static var columns: [TableColumn] { get }
    /// The summary of `delete`.
    static var deletion: String { get }

    /// The value as it is printed.
    static func value(of thing: Thing) -> ManifestValue
}

extension Noun {
    /// The answer of a command that shows, creates or changes one thing.
    static func output(_ thing: Thing) -> Output { Output(value(of: thing), columns: columns) }

    /// The answer of a command that lists things.
    static func output(_ things: [Thing]) -> Output { Output(list: things.map(value), columns: columns) }
}
