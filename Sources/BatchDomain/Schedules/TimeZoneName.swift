package import FoundationEssentials

/// A time zone as a user names it: `Europe/Berlin`, `UTC`, or Azure's `W. Europe Standard Time`.
package struct TimeZoneName: Hashable, Sendable, Codable, CustomStringConvertible {
    /// UTC, which Azure takes where no zone is named.
    package static let utc = TimeZoneName(description: "UTC", zone: .gmt)

    /// The name as written.
    package let description: String
    /// The zone's rules.
    package let zone: TimeZone

    private init(description: String, zone: TimeZone) {
        self.description = description
        self.zone = zone
    }

    /// Finds the zone of a name.
    ///
    /// - Parameters:
    ///   - name: A name of the IANA database or one of Windows.
    ///   - known: All names of the IANA database, for suggestions.
    ///   - field: The field as the user knows it.
    /// - Throws: A ``Problem`` with near names when there is no such zone.
    package init(_ name: String, known: [String], field: String = "trigger.time_zone") throws(Problem) {
        let names = known.filter { $0.contains("/") } + ["UTC"] + WindowsTimeZone.identifiers.keys
        // Foundation takes abbreviations too, of which many stand for several zones: "IST".
        if names.contains(name), let zone = Self.zone(of: name) {
            self.init(description: name, zone: zone)
            return
        }
        var rule = "is no name of a time zone"
        let near = Self.near(name, among: names)
        if !near.isEmpty { rule += "; did you mean \(near.joined(separator: ", "))?" }
        throw Problem(field: field, value: name, rule: rule, example: near.isEmpty ? "Europe/Berlin" : nil)
    }

    private static func zone(of name: String) -> TimeZone? {
        name == "UTC" ? .gmt : TimeZone(identifier: WindowsTimeZone.identifiers[name] ?? name)
    }

    /// Names that a user may have meant: those with the word as their city, else the nearest one.
    private static func near(_ name: String, among names: [String]) -> [String] {
        let word = String(name.lowercased().split(separator: "/").last ?? "").replacing(" ", with: "_")
        let found = word.count < 3 ? [] : names.filter { $0.lowercased().contains(word) }.sorted()
        if !found.isEmpty { return Array(found.prefix(3)) }
        if let nearest = NearestKey.of(name, among: names) { return [nearest] }
        let places = names.map { name in (city: String(name.split(separator: "/").last ?? ""), name: name) }
        let city = NearestKey.of(word, among: places.map(\.city))
        return places.filter { $0.city == city }.map(\.name)
    }

    package init(from decoder: any Decoder) throws {
        let name = try decoder.singleValueContainer().decode(String.self)
        // A zone that this machine's database has lost: times are wrong by hours at most, and the name is kept.
        self.init(description: name, zone: Self.zone(of: name) ?? .gmt)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
