/// The colour schemes that ship with batchstudio, as base16 or base24 YAML.
package enum Themes {
    /// The text of each shipped scheme, by slug.
    package static var all: [String: String] {
        ["dark": String(decoding: PackageResources.dark_yaml, as: UTF8.self)]
    }
}
