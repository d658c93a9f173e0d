/// The values of a registered asset that may change; its files never do.
package struct AssetLabels: Equatable, Sendable {
    /// The purpose.
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
