import BatchDomain
import StudioCore
import TestSupport
import Testing

struct `The seats of open studios` {
    @Test func `keep drafts apart while two are open`() async throws {
        try await StudioBench.with { bench in
            let first = StudioSeat(at: bench.studio)
            let second = StudioSeat(at: bench.studio)
            defer {
                first.leave()
                second.leave()
            }
            try await first.setState("draft.a", to: "of the first")
            #expect(try await second.draft("draft.a") == nil)
            try await second.setState("draft.a", to: "of the second")
            #expect(try await first.draft("draft.a") == "of the first")
            #expect(try await second.draft("draft.a") == "of the second")
        }
    }

    @Test func `bring the draft of a studio that has ended to the next one that asks, and to no other`() async throws {
        try await StudioBench.with { bench in
            let first = StudioSeat(at: bench.studio)
            let second = StudioSeat(at: bench.studio)
            try await second.setState("draft.a", to: "of the second")
            second.leave()
            #expect(try await first.draft("draft.a") == "of the second")
            let third = StudioSeat(at: bench.studio)
            defer {
                first.leave()
                third.leave()
            }
            #expect(try await third.draft("draft.a") == nil)
            #expect(try await first.draft("draft.a") == "of the second")
        }
    }

    @Test func `are free again when their studio has ended`() async throws {
        try await StudioBench.with { bench in
            let first = StudioSeat(at: bench.studio)
            try await first.setState("draft.a", to: "kept")
            first.leave()
            let next = StudioSeat(at: bench.studio)
            defer { next.leave() }
            #expect(try await next.state("draft.a") == "kept")
        }
    }
}
