import Foundation
import Testing

@testable import BatchDomain

struct TimeZoneNameTests {
    @Test func `A name is one of the IANA database or of Windows`() throws {
        #expect(try Instant.zone("Europe/Berlin").zone.identifier == "Europe/Berlin")
        #expect(try Instant.zone("Pacific Standard Time").zone.identifier == "America/Los_Angeles")
        #expect(try Instant.zone("UTC").zone.secondsFromGMT() == 0)
        for name in WindowsTimeZone.identifiers.keys { #expect(throws: Never.self) { try Instant.zone(name) } }
    }

    @Test(
        arguments: [
            ("berlin", "Europe/Berlin"), ("Europe/Berln", "Europe/Berlin"), ("New York", "America/New_York"),
            ("pacific", "Pacific Standard Time"),
        ]
    )
    func `An unknown name gives near ones`(_ name: String, _ meant: String) {
        let problem = #expect(throws: Problem.self) { try Instant.zone(name) }
        #expect(problem?.rule.contains(meant) == true, "\(problem?.rule ?? "")")
    }

    @Test func `An abbreviation is refused: many stand for several zones`() {
        #expect(throws: Problem.self) { try Instant.zone("IST") }
    }
}
