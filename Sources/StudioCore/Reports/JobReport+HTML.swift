import BatchDomain
import Foundation

extension JobReport {
    /// The report as one page of HTML: no script, nothing from elsewhere, light and dark, and fit to be printed.
    package var html: String {
        let title = HTMLText.escaped("\(job.displayName) · batch scoring")
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(title)</title>
            <style>
            \(Self.style)
            </style>
            </head>
            <body>
            <h1>\(title)</h1>
            \(Self.table(summary.map { [$0.name, $0.value] }))
            \(failures)
            \(predictions)
            \(timeTable)
            \(environment)
            \(rowTable)
            <h2>How to repeat it</h2>
            <pre>\(HTMLText.escaped(commands.joined(separator: "\n")))</pre>
            <footer>Made by batchstudio on \(madeAt.formatted(.iso8601)).</footer>
            </body>
            </html>

            """
    }

    private var failures: String {
        guard !reasons.isEmpty else { return "" }
        let rows = reasons.prefix(Self.maxReasons).map { [$0.text, Figures.count($0.files), $0.example] }
        let others = reasons.count - Self.maxReasons
        return "<h2>Failed files by reason</h2>\n" + Self.table(rows, titles: ["Reason", "Files", "For example"])
            + (others > 0 ? "<p>And \(Figures.count(others, "other reason")).</p>" : "")
    }

    private var predictions: String {
        guard let profile else { return "<h2>Predictions</h2>\n<p>\(HTMLText.escaped(profileNote ?? ""))</p>" }
        let note = plotNote.map { "<p>Without plots: \(HTMLText.escaped($0))</p>\n" } ?? ""
        let columns = profile.columns.enumerated().map { index, column in
            """
            <section>
            <h3>\(HTMLText.escaped(column.name))</h3>
            \(plots[index].map { "<figure>\($0)</figure>" } ?? "")
            \(Self.table(Self.figures(of: column).map { [$0.name, $0.value] }))
            \(Self.values(of: column))
            </section>
            """
        }
        return "<h2>Predictions</h2>\n" + note + columns.joined(separator: "\n")
    }

    private static func values(of column: ColumnProfile) -> String {
        guard column.isClasses || column.numbers == nil, !column.values.isEmpty else { return "" }
        let rows = column.values.prefix(20).map { value in
            [value.text, Figures.count(value.count), Figures.percent(column.share(of: value.text))]
        }
        return table(rows, titles: ["Value", "Rows", "Share"])
    }

    private var timeTable: String {
        guard !transitions.isEmpty else { return "" }
        let rows = timings.map { step in
            [step.state, step.at.formatted(.iso8601), step.seconds.map { Figures.duration($0) } ?? ""]
        }
        return "<h2>Timings</h2>\n" + Self.table(rows, titles: ["State", "From", "For"])
    }

    private var environment: String {
        guard let python else { return "" }
        return """
            <h2>Environment</h2>
            <p>Python \(HTMLText.escaped(python)), \(Figures.count(packages.count, "package"))</p>
            <details><summary>Packages</summary>
            <pre>\(HTMLText.escaped(packages.joined(separator: "\n")))</pre></details>
            """
    }

    private var rowTable: String {
        guard let rows else { return "" }
        return "<h2>The first \(Figures.count(rows.rows.count, "row"))</h2>\n"
            + Self.table(rows.rows, titles: rows.columns)
    }

    private static func table(_ rows: [[String]], titles: [String] = []) -> String {
        let head = titles.map { "<th scope=\"col\">\(HTMLText.escaped($0))</th>" }.joined()
        let body = rows.map { row in
            let cells = row.enumerated().map { index, cell in
                let text = HTMLText.escaped(cell)
                return titles.isEmpty && index == 0 ? "<th scope=\"row\">\(text)</th>" : "<td>\(text)</td>"
            }
            return "<tr>\(cells.joined())</tr>"
        }
        return "<div class=\"table\"><table>" + (head.isEmpty ? "" : "<thead><tr>\(head)</tr></thead>")
            + "<tbody>\(body.joined(separator: "\n"))</tbody></table></div>"
    }

    private static let style = """
        :root { color-scheme: light dark; }
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
          color: #1d1f24; background: #fff; }
        h1, h2, h3, p { overflow-wrap: anywhere; }
        h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; }
        .table { overflow-x: auto; }
        table { border-collapse: collapse; margin: .5rem 0; }
        th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #8884; vertical-align: top;
          overflow-wrap: anywhere; }
        th { font-weight: 600; } thead th { overflow-wrap: break-word; }
        pre { overflow-x: auto; padding: .6rem; background: #8882; }
        figure { margin: .5rem 0; overflow-x: auto; } svg { max-width: 100%; height: auto; }
        footer { margin-top: 2rem; opacity: .7; }
        @media (prefers-color-scheme: dark) { body { color: #e6e6e6; background: #16181d; } }
        @media print {
          body { max-width: none; margin: 0; color: #000; background: #fff; }
          section, figure, tr { break-inside: avoid; }
          details > pre { max-height: none; }
        }
        """
}
