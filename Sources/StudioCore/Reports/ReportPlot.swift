import BatchDomain
import Foundation

/// The plot of a column's profile, as a Vega-Lite specification: a histogram of numbers, bars of classes.
struct ReportPlot: Encodable {
    /// Maximum classes that are drawn.
    static let maxClasses = 20

    private struct Datum: Encodable {
        var value: String?
        var low: Double?
        var high: Double?
        var count: Int
    }

    private struct Values: Encodable {
        var values: [Datum]
    }

    private struct Channel: Encodable {
        var field: String
        var type: String?
        var title: String?
        var bin: [String: Bool]?
        var sort: [String]?
    }

    private struct Encoding: Encodable {
        var x: Channel
        var x2: Channel?
        var y: Channel
    }

    private let schema = "https://vega.github.io/schema/vega-lite/v5.json"
    private let width = 560
    private let height: Int
    private let data: Values
    private let mark = "bar"
    private let encoding: Encoding
    private let config = Config()

    /// Nil for a column of which there is nothing to draw.
    init?(_ column: ColumnProfile) {
        if let histogram = column.numbers?.histogram, histogram.low < histogram.high, !column.isTime,
            !(column.isClasses && column.values.count <= Self.maxClasses)
        {
            let width = (histogram.high - histogram.low) / Double(histogram.counts.count)
            guard width.isFinite, width > 0 else { return nil }
            height = 160
            data = Values(
                values: histogram.counts.enumerated().map { index, count in
                    let low = histogram.low + Double(index) * width
                    return Datum(low: low, high: low + width, count: count)
                }
            )
            encoding = Encoding(
                x: Channel(field: "low", type: "quantitative", title: column.name, bin: ["binned": true]),
                x2: Channel(field: "high"),
                y: Channel(field: "count", type: "quantitative", title: "rows")
            )
        } else {
            guard !column.values.isEmpty else { return nil }
            let shown = column.values.prefix(Self.maxClasses)
            height = 18 * shown.count
            data = Values(values: shown.map { Datum(value: $0.text, count: $0.count) })
            encoding = Encoding(
                x: Channel(field: "count", type: "quantitative", title: "rows"),
                y: Channel(field: "value", type: "nominal", title: column.name, sort: shown.map(\.text))
            )
        }
    }

    private enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case width, height, data, mark, encoding, config
    }

    /// Colours that are read on light and on dark: those of the text around the plot.
    private struct Config: Encodable {
        private let background = "transparent"
        private let view = ["stroke": "transparent"]
        private let axis = [
            "labelColor": "currentColor", "titleColor": "currentColor", "domainColor": "currentColor",
            "tickColor": "currentColor", "gridColor": "#8884",
        ]
        private let bar = ["color": "#4c78a8"]
    }

    /// Returns whether an SVG has nothing in it that runs or is fetched.
    static func isHarmless(_ svg: String) -> Bool {
        let text = svg.lowercased()
        return text.hasPrefix("<svg") && !text.contains("<script") && !text.contains("<foreignobject")
            && !text.contains("<image") && !text.contains("href=") && text.firstRange(of: /<[^>]*\son[a-z]+=/) == nil
    }
}
