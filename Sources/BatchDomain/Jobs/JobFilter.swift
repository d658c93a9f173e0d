/// Which jobs a list shows.
package struct JobFilter: Equatable, Sendable {
    /// Jobs of this endpoint only.
    package var endpointName: String?
    /// Jobs of this deployment only.
    package var deploymentName: String?
    /// Archived entries, the others, or both.
    package var visibility = Visibility.active
    /// At most this many, the newest first; nil for all.
    package var limit: Int?
    /// How many of the newest to pass over.
    package var offset = 0

    package init(
        endpointName: String? = nil,
        deploymentName: String? = nil,
        visibility: Visibility = .active,
        limit: Int? = nil,
        offset: Int = 0
    ) {
        self.endpointName = endpointName
        self.deploymentName = deploymentName
        self.visibility = visibility
        self.limit = limit
        self.offset = offset
    }
}
