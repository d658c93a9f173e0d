import BatchDomain
import TerminalKit
import Testing

@testable import StudioUI

struct `The palette` {
    private static let objects = [
        StudioObject("endpoint", "wine-growers", .endpoint("wine-growers")),
        StudioObject("data", "wine-unlabeled", .dataAsset(Samples.data[0].id)),
    ]

    private func studio(typing text: String) -> StudioBench {
        var studio = StudioBench()
        let effects = studio.press(":")
        #expect(effects.contains(.fetch(.objects, screen: 0)))
        for letter in text { studio.press(.character(letter)) }
        studio.send(.message(.fetched(.objects, screen: 0, .objects(Self.objects), at: StudioBench.now)))
        return studio
    }

    @Test func `opens what it finds by a few letters of its name`() {
        var studio = studio(typing: "wnunl")
        studio.press(.enter)
        #expect(studio.way == ["Endpoints", Samples.data[0].id.short])
    }

    @Test func `finds things by their kind`() {
        var studio = studio(typing: "endpoint wine")
        studio.press(.enter)
        #expect(studio.way == ["Endpoints", "wine-growers"])
    }

    @Test func `asks for the jobs that match, and shows those of the last text only`() {
        var studio = StudioBench()
        studio.press(":", "f", "i")
        #expect(studio.effects.contains(.fetch(.jobObjects("fi"), screen: 0)))
        let old = Content.jobObjects("f", [StudioObject(Samples.overview("old", .running))])
        studio.send(.message(.fetched(.jobObjects("f"), screen: 0, old, at: StudioBench.now)))
        #expect(!studio.text.contains("quirky_sponge_old"))
        let new = Content.jobObjects("fi", [StudioObject(Samples.overview("five", .running))])
        studio.send(.message(.fetched(.jobObjects("fi"), screen: 0, new, at: StudioBench.now)))
        #expect(studio.text.contains("quirky_sponge_five"))
    }

    @Test func `what is typed and chosen stays when things arrive`() {
        var studio = StudioBench()
        studio.press(":", "w", .down)
        let chosen = studio.text.split(separator: "\n").first { $0.contains("▸") && $0.contains("│") }
        studio.send(.message(.fetched(.objects, screen: 0, .objects(Self.objects), at: StudioBench.now)))
        #expect(studio.text.split(separator: "\n").contains { $0 == chosen ?? "" })
    }
}
