/// Numbers and time spans as every face shows them.
package enum Figures {
    /// A whole number with its thousands apart: `1,234,567`.
    package static func count(_ number: Int) -> String {
        let digits = Array(String(abs(number)))
        var text = number < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return text
    }

    /// A count with its noun: `1 file`, `2 files`.
    package static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
        count(number) + " " + (number == 1 ? noun : plural ?? noun + "s")
    }

    /// A time span, as exact as it matters: `0.8 s`, `42 s`, `2 m 05 s`, `1 h 03 m`, `3 d 4 h`.
    package static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0, seconds < 1e12 else { return "–" }
        if seconds < 10 { return decimal(seconds) + " s" }
        let whole = Int(seconds.rounded())
        if whole < 60 { return "\(whole) s" }
        if whole < 3600 { return "\(whole / 60) m \(two(whole % 60)) s" }
        if whole < 86_400 { return "\(whole / 3600) h \(two(whole / 60 % 60)) m" }
        return "\(whole / 86_400) d \(whole / 3600 % 24) h"
    }

    /// How many a second: `0.4`, `12.5`, `1,234`.
    package static func rate(_ value: Double) -> String {
        guard value.isFinite, value >= 0, value < 1e15 else { return "–" }
        return value < 99.95 ? decimal(value) : count(Int(value.rounded()))
    }

    /// A share as a percentage; not 100 before everything is done.
    package static func percent(_ fraction: Double) -> String {
        guard fraction.isFinite else { return "–" }
        return "\(Int(min(1, max(0, fraction)) * 100)) %"
    }

    /// One digit after the point, which is left out when it is 0.
    package static func decimal(_ value: Double) -> String {
        let tenths = Int((abs(value) * 10).rounded())
        let sign = value < 0 && tenths > 0 ? "-" : ""
        return sign + (tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)")
    }

    /// A time span as Azure's logs have it: `0:02:05`.
    package static func clock(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0, seconds < 1e12 else { return "–" }
        let whole = Int(seconds.rounded())
        return "\(whole / 3600):\(two(whole / 60 % 60)):\(two(whole % 60))"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension Figures {
    /// How long ago something was, in one unit: `now`, `2m`, `3h`, `12d`.
    package static func ago(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e12 else { return "–" }
        if seconds < 60 { return "now" }
        let minutes = Int(seconds) / 60
        if minutes < 60 { return "\(minutes)m" }
        return minutes < 60 * 48 ? "\(minutes / 60)h" : "\(minutes / 60 / 24)d"
    }
}
