package import FoundationEssentials

/// Start and end of triggers, as files write them.
package enum TriggerTime {
    /// The instant of `2026-12-01T02:00:00`, on the clocks of a zone unless the text names an offset.
    package static func of(_ text: String, in zone: TimeZone) -> Date? {
        let parts = text.split(maxSplits: 1) { $0 == "T" || $0 == "t" || $0 == " " }
        guard let day = parts.first else { return nil }
        var clock = parts.count == 2 ? String(parts[1]).uppercased() : "00:00:00"
        var offset = ""
        if let start = clock.firstIndex(where: { "Z+-".contains($0) }) {
            offset = String(clock[start...])
            clock = String(clock[..<start])
        }
        if clock.utf8.count == 5 { clock += ":00" }
        if let fraction = clock.firstIndex(of: ".") { clock = String(clock[..<fraction]) }
        let style = Date.ISO8601FormatStyle(timeZone: zone)
        if offset.isEmpty {
            return try? style.year().month().day().time(includingFractionalSeconds: false).parse("\(day)T\(clock)")
        }
        return try? style.parse("\(day)T\(clock)\(offset)")
    }
}
