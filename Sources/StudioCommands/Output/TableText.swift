import BatchManifest
import DisplayText

/// A table as `az -o table` prints it: titles, dashes, rows; columns two spaces apart.
struct TableText {
    private var titles: [String]
    private var rows: [[String]]

    /// Lays out a list of mappings, or one mapping as one row.
    ///
    /// - Parameters:
    ///   - value: What is shown.
    ///   - columns: The columns; nil makes one of each key that holds something simple.
    init(_ value: ManifestValue, columns: [TableColumn]?) {
        let elements = value.elements ?? [value]
        if let columns {
            titles = columns.map(\.title)
            rows = elements.map { element in
                columns.map { column in
                    let cell = Self.cell(element.value(at: column.path))
                    return column.words[cell] ?? cell
                }
            }
        } else if elements.allSatisfy({ $0.entries == nil }) {
            titles = ["Result"]
            rows = elements.map { [Self.cell($0)] }
        } else {
            let keys = Self.simpleKeys(of: elements)
            titles = keys.map(Self.title)
            rows = elements.map { element in keys.map { Self.cell(element[$0] ?? .null) } }
        }
    }

    /// The lines of the table; empty when there are no rows.
    var text: String {
        if rows.isEmpty || titles.isEmpty { return "" }
        let widths = titles.indices.map { column in
            ([titles] + rows).map { $0[column].displayWidth }.max() ?? 0
        }
        let dashes = widths.map { String(repeating: "-", count: $0) }
        return ([titles, dashes] + rows).map { Self.line($0, widths) + "\n" }.joined()
    }

    private static func line(_ cells: [String], _ widths: [Int]) -> String {
        let padded = zip(cells, widths).map { cell, width in
            cell + String(repeating: " ", count: max(0, width - cell.displayWidth))
        }
        var line = padded.joined(separator: "  ")
        while line.last == " " { line.removeLast() }
        return line
    }

    private static func simpleKeys(of elements: [ManifestValue]) -> [String] {
        var keys: [String] = []
        for entry in elements.flatMap({ $0.entries ?? [] }) where !keys.contains(entry.key) {
            if entry.value.isSimple { keys.append(entry.key) }
        }
        return keys
    }

    /// `created_at` becomes `Created_at`, as in az.
    private static func title(_ key: String) -> String { key.prefix(1).uppercased() + key.dropFirst() }

    private static func cell(_ value: ManifestValue) -> String {
        value.plainText.split(whereSeparator: \.isNewline).joined(separator: " ").escapedForTerminal
    }
}

extension ManifestValue {
    /// True when it fits in one cell.
    var isSimple: Bool { elements == nil && entries == nil }

    /// The value at a path of keys; null when there is none.
    func value(at path: [String]) -> ManifestValue {
        path.reduce(self) { value, key in value[key] ?? .null }
    }

    /// The value as a user reads it, without quotes; null is empty, lists and mappings are JSON in a line.
    var plainText: String {
        switch self {
        case .string(let text): text
        case .int(let number): String(number)
        case .double(let number): "\(number)"
        case .bool(let truth): truth ? "true" : "false"
        case .null: ""
        case .list, .mapping: inline
        }
    }
}
