/// What of a registered asset may change: its versions never do.
package struct AssetLabels: Equatable, Sendable {
    /// What it is for.
    package var description: String
    /// Free labels.
    package var tags: [String: String]
    /// Free labels of models; the other assets have none.
    package var properties: [String: String]

    package init(description: String = "", tags: [String: String] = [:], properties: [String: String] = [:]) {
        self.description = description
        self.tags = tags
        self.properties = properties
    }
}
