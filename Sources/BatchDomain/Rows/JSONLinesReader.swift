package import FoundationEssentials

/// Cuts JSON lines into cells: the members of each line's object, in the order in which they stand.
package struct JSONLinesReader {
    /// A member of an object: texts without quotes, null as nothing, all else as it is written.
    package struct Cell: Equatable {
        package var name: String
        package var text: String
    }

    private var line = Data()

    package init() {}

    /// Takes a piece; gives each line that ends in it to the closure.
    package mutating func read(_ data: Data, _ take: ([Cell]) -> Void) {
        var rest = data[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            line.append(rest[..<end])
            finish(take)
            rest = rest[(end + 1)...]
        }
        line.append(rest)
    }

    /// Gives the last line, when no line end follows it.
    package mutating func finish(_ take: ([Cell]) -> Void) {
        if !line.isEmpty { take(Self.cells(of: line)) }
        line.removeAll(keepingCapacity: true)
    }

    /// The members of the object; a line that is none is one cell.
    static func cells(of line: Data) -> [Cell] {
        let members = members(of: line)
        guard !members.isEmpty else { return [Cell(name: "", text: String(decoding: line, as: UTF8.self))] }
        return members.map { Cell(name: text(of: $0.name), text: text(of: $0.value)) }
    }

    /// The names and values at the top of an object, as they are written.
    private static func members(of line: Data) -> [(name: Data, value: Data)] {
        var members: [(name: Data, value: Data)] = []
        var depth = 0
        var isText = false
        var isEscaped = false
        var start: Data.Index?
        var name: Data?
        for index in line.indices {
            let byte = line[index]
            if isText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isText = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isText = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                if depth == 1 { start = line.index(after: index) }
            case UInt8(ascii: ":") where depth == 1 && name == nil:
                name = start.map { line[$0..<index] }
                start = line.index(after: index)
            case UInt8(ascii: ",") where depth == 1, UInt8(ascii: "}") where depth == 1:
                if let known = name, let begin = start { members.append((known, line[begin..<index])) }
                name = nil
                start = line.index(after: index)
                if byte == UInt8(ascii: "}") { depth -= 1 }
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
        }
        return members
    }

    private static func text(of value: Data) -> String {
        let isSpace: (UInt8) -> Bool = {
            $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r")
        }
        let end = value.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? value.startIndex
        let written = String(decoding: value[..<end].drop(while: isSpace), as: UTF8.self)
        if written == "null" { return "" }
        guard written.hasPrefix("\"") else { return written }
        return (try? JSONDecoder().decode(String.self, from: Data(written.utf8))) ?? written
    }
}
