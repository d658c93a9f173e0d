import ArgumentParser
import BatchDomain
import StudioCore

/// A noun whose things are assets with versions: the record of their generic commands.
protocol AssetNoun: Noun {
    /// Flags of `list` that other nouns don't have.
    associatedtype ListFlags: AssetListFlags = NoFlags
    /// Flags of `update` that other nouns don't have.
    associatedtype UpdateFlags: ParsableArguments = NoFlags

    /// The kind of its assets.
    static var kind: AssetKind { get }
    /// The title with its article.
    static var titleWithArticle: String { get }
    /// The keys that `update` changes.
    static var labels: [String] { get }

    /// Name and version of an asset.
    static func id(of asset: Thing) -> AssetVersion
    /// The warning that `show` prints about an asset; nil where there is none.
    static func warning(about asset: Thing) -> String?
    /// The latest version of every asset, or all versions of one.
    static func assets(named name: String?, _ visibility: Visibility, in studio: Studio) async throws -> [Thing]
    /// The asset that a reference means.
    static func asset(_ reference: AssetReference, in studio: Studio) async throws -> Thing
    /// Changes the labels of an asset.
    static func update(
        _ reference: AssetReference,
        in studio: Studio,
        _ change: (Thing) throws -> AssetLabels
    ) async throws -> Thing
}

extension AssetNoun {
    static func warning(about asset: Thing) -> String? { nil }
}

/// Flags of a noun's `list`.
protocol AssetListFlags: ParsableArguments {
    /// The answer where the flags ask for another list than that of the workspace's assets; nil where they don't.
    func answer(named name: String?, _ list: ListOptions, in session: Session) async throws -> Output?
}

/// The flags of a noun that has none of its own.
struct NoFlags: AssetListFlags {
    func answer(named name: String?, _ list: ListOptions, in session: Session) async throws -> Output? { nil }
}
