import Testing

@testable import BatchDomain

struct WebhookTests {
    /// The test cases 1, 2 and 6 of RFC 4231.
    @Test(
        arguments: [
            (
                [UInt8](repeating: 0x0b, count: 20), "Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Array("Jefe".utf8), "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                [UInt8](repeating: 0xaa, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ]
    )
    func `A signature is the standard's`(_ key: [UInt8], _ text: String, _ expected: String) {
        #expect(WebhookSignature.hexadecimal(of: Array(text.utf8), key: key) == expected)
    }

    @Test func `The time is signed with the body`() {
        let one = WebhookSignature.header(of: "{}", at: "1", key: "k")
        #expect(one.hasPrefix("sha256=") && one.utf8.count == 71)
        #expect(one != WebhookSignature.header(of: "{}", at: "2", key: "k"))
    }

    @Test(arguments: ["example.org", "ftp://example.org", "https://", "https://a b", "https://u:p@example.org"])
    func `What is no address of a web server is refused`(_ text: String) {
        #expect(throws: Problem.self) { try Webhook.url(text, field: "url") }
    }

    @Test func `Attempts come later and later, and end`() {
        let delays = (1...10).map { Delivery.delay(after: $0) }
        #expect(delays.first == 10)
        #expect(delays[9] == nil)
        #expect(delays.compactMap { $0 } == delays.compactMap { $0 }.sorted())
        #expect(delays.compactMap { $0 }.max() == Delivery.longestDelay)
    }

    @Test(
        arguments: [
            (JobState.completed, 0, [JobHook.Event.success]), (.completed, 2, [.success, .failedFiles]),
            (.failed, 2, [.failure]), (.canceled, 2, []),
        ]
    )
    func `An end of a job has its events`(_ state: JobState, _ failed: Int, _ events: [JobHook.Event]) {
        #expect(
            JobHook.Event.allCases.filter { $0.isEnd(state, failedFiles: failed) }.sorted { $0.rawValue > $1.rawValue }
                == events
        )
    }
}
