/// The kinds of assets that have versions.
package enum AssetKind: String, Sendable {
    case model
    case data
    case environment
}
