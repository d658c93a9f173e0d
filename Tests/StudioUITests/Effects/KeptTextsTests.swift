import Testing

@testable import StudioUI

struct `Texts that are kept` {
    @Test func `are written by one work, the newest of each key`() {
        let texts = KeptTexts()
        #expect(texts.add("a", key: "draft"))
        #expect(!texts.add("one", key: "session"))
        #expect(!texts.add(nil, key: "draft"))
        #expect(texts.next() == KeptTexts.Entry(key: "session", text: "one"))
        #expect(!texts.add("two", key: "session"))
        #expect(texts.next() == KeptTexts.Entry(key: "draft", text: nil))
        #expect(texts.next() == KeptTexts.Entry(key: "session", text: "two"))
        #expect(texts.next() == nil)
        #expect(texts.add("b", key: "draft"))
    }
}
