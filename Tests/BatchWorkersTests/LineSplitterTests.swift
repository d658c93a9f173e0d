import Foundation
import Testing

@testable import BatchWorkers

struct LineSplitterTests {
    private func texts(_ lines: [Data]) -> [String] { lines.map { String(decoding: $0, as: UTF8.self) } }

    @Test func `Whole lines come out without their line feeds`() throws {
        var splitter = LineSplitter()
        #expect(try texts(splitter.take(Data("one\ntwo\n".utf8))) == ["one", "two"])
    }

    @Test func `A line in pieces comes out when it is complete`() throws {
        var splitter = LineSplitter()
        #expect(try splitter.take(Data("on".utf8)).isEmpty)
        #expect(try splitter.take(Data("e".utf8)).isEmpty)
        #expect(try texts(splitter.take(Data("\ntw".utf8))) == ["one"])
        #expect(try texts(splitter.take(Data("o\n".utf8))) == ["two"])
    }

    @Test func `Empty lines are lines`() throws {
        var splitter = LineSplitter()
        #expect(try texts(splitter.take(Data("\n\na\n".utf8))) == ["", "", "a"])
    }

    @Test func `No bytes complete no line`() throws {
        var splitter = LineSplitter()
        #expect(try splitter.take(Data()).isEmpty)
    }

    @Test func `A slice of a buffer is read by its own indices`() throws {
        var splitter = LineSplitter()
        let bytes = Array("xxone\ntwo\nyy".utf8)
        #expect(try texts(splitter.take(bytes[2..<10])) == ["one", "two"])
    }

    @Test func `A line without end is refused`() {
        var splitter = LineSplitter()
        #expect(throws: LineSplitter.LineTooLong()) {
            try splitter.take(Data(repeating: UInt8(ascii: "a"), count: LineSplitter.longest + 1))
        }
    }
}
