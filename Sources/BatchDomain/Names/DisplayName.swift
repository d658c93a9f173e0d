/// Names such as `quirky_sponge_29ytk85j`, as Azure's studio gives to jobs that were not named by a user.
package enum DisplayName {
    /// Makes a new one.
    package static func random(using generator: inout some RandomNumberGenerator) -> String {
        let adjective = adjectives[Int.random(in: adjectives.indices, using: &generator)]
        let noun = nouns[Int.random(in: nouns.indices, using: &generator)]
        let suffix = (0..<8).map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)] }
        return "\(adjective)_\(noun)_\(String(suffix))"
    }

    /// Returns whether a name is one of these, so that no user chose it.
    package static func isGenerated(_ name: String) -> Bool {
        let parts = name.split(separator: "_")
        return parts.count == 3 && parts[2].count == 8 && adjectives.contains { $0 == parts[0] }
            && nouns.contains { $0 == parts[1] }
    }

    private static let alphabet = Array("0123456789abcdefghijklmnopqrstuvwxyz")
    private static let adjectives = [
        "amber", "brave", "calm", "clever", "cosy", "eager", "frosty", "gentle", "happy", "honest", "jolly", "keen",
        "lively", "loyal", "mighty", "modest", "neat", "olive", "patient", "plucky", "quiet", "quirky", "rapid",
        "sunny",
    ]
    private static let nouns = [
        "anchor", "basket", "bridge", "candle", "carrot", "cloud", "comet", "drum", "engine", "feather", "garden",
        "kettle",
        "lantern", "maple", "needle", "orchid", "pebble", "pillow", "rocket", "sponge", "spoon", "tunnel", "violin",
        "window",
    ]
}
