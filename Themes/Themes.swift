/// The colour schemes that ship with batchstudio, as base16 YAML.
package enum Themes {
    /// The text of each shipped scheme by slug, in the order of a list to choose from.
    package static var all: [(slug: String, text: String)] {
        [
            ("dark", PackageResources.dark_yaml),
            ("light", PackageResources.light_yaml),
            ("high-contrast", PackageResources.high_contrast_yaml),
            ("colorblind-dark", PackageResources.colorblind_dark_yaml),
            ("colorblind-light", PackageResources.colorblind_light_yaml),
            ("terminal", PackageResources.terminal_yaml),
        ]
        .map { slug, bytes in (slug, String(decoding: bytes, as: UTF8.self)) }
    }
}
