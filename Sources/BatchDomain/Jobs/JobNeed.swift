/// Something that a job needs until it has ended.
package enum JobNeed: Hashable, Sendable {
    case endpoint(String)
    case deployment(String, endpoint: String)
    case model(AssetVersion)
    case compute(String)
}
