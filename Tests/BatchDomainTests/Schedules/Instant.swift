import Foundation

@testable import BatchDomain

/// Instants as tests write them.
enum Instant {
    static func of(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

    static func text(_ date: Date) -> String { date.formatted(.iso8601) }

    static func zone(_ name: String) throws -> TimeZoneName {
        try TimeZoneName(name, known: TimeZone.knownTimeZoneIdentifiers)
    }
}
