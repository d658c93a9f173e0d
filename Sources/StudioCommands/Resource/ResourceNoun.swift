import StudioCore

/// A noun whose things are known by their name alone: the record of their `show` and `delete`.
protocol ResourceNoun: Noun {
    /// The summary of `show`.
    static var showing: String { get }

    /// The thing of that name.
    static func thing(_ name: String, in studio: Studio) async throws -> Thing
    /// Deletes the thing of that name.
    static func delete(_ name: String, in studio: Studio) async throws
}
