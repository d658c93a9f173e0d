import BatchDomain
import Foundation

extension JobReport {
    /// The report as Markdown.
    package var markdown: String {
        var parts = [
            "# " + Self.cell("\(job.displayName) · batch scoring"),
            Self.table(["", ""], summary.map { [$0.name, $0.value] }),
        ]
        if !reasons.isEmpty {
            let rows = reasons.prefix(Self.maxReasons).map { [$0.text, Figures.count($0.files), $0.example] }
            parts += ["## Failed files by reason", Self.table(["Reason", "Files", "For example"], rows)]
        }
        parts.append("## Predictions")
        if let profileNote { parts.append(Self.cell(profileNote)) }
        for column in profile?.columns ?? [] {
            parts.append("### " + Self.cell(column.name))
            parts.append(Self.table(["", ""], Self.figures(of: column).map { [$0.name, $0.value] }))
            guard column.isClasses || column.numbers == nil, !column.values.isEmpty else { continue }
            let rows = column.values.prefix(20).map { value in
                [value.text, Figures.count(value.count), Figures.percent(column.share(of: value.text))]
            }
            parts.append(Self.table(["Value", "Rows", "Share"], rows))
        }
        if !transitions.isEmpty {
            let rows = timings.map { step in
                [step.state, step.at.formatted(.iso8601), step.seconds.map { Figures.duration($0) } ?? ""]
            }
            parts += ["## Timings", Self.table(["State", "From", "For"], rows)]
        }
        if let python {
            parts += ["## Environment", "Python \(Self.cell(python))", Self.block(packages)]
        }
        if let rows {
            parts.append("## The first \(Figures.count(rows.rows.count, "row"))")
            parts.append(Self.table(rows.columns, rows.rows))
        }
        parts += ["## How to repeat it", Self.block(commands)]
        return parts.joined(separator: "\n\n") + "\n"
    }

    private static func table(_ titles: [String], _ rows: [[String]]) -> String {
        let line = { (cells: [String]) in "| " + cells.map(cell).joined(separator: " | ") + " |" }
        return ([line(titles), "|" + String(repeating: " --- |", count: titles.count)] + rows.map(line))
            .joined(separator: "\n")
    }

    /// Lines as they are: indented, so that none of them can end the block.
    private static func block(_ lines: [String]) -> String {
        lines.map { "    " + $0.split(whereSeparator: \.isNewline).joined(separator: " ") }.joined(separator: "\n")
    }

    /// A text in a line, in which nothing is a mark of Markdown or HTML.
    static func cell(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n", "\t", "\r": result += " "
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\\", "|", "`", "*", "_", "[", "]", "#", "!": result += "\\\(scalar)"
            case _ where HTMLText.isControl(scalar): result += "\\\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
