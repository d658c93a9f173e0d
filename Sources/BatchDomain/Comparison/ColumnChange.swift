/// How the values of a column changed from one output to another.
package struct ColumnChange: Equatable, Sendable {
    /// Rows with one class before and one after.
    package struct Cell: Equatable, Sendable {
        package var before: String
        package var after: String
        package var count: Int
    }

    private struct Pair: Hashable {
        var before: String
        var after: String
    }

    /// The bits that are cut off the differences to bin them: 32 bins from a value to its double.
    private static let shift = 47

    /// The column's name.
    package let name: String
    /// Rows with another value.
    package private(set) var changed = 0
    /// Rows with numbers on both sides.
    package private(set) var numbers = 0
    private var pairs: [Pair: Int]? = [:]
    private var classes: Set<String> = []
    private var sum = 0.0
    private var (least, greatest) = (Double.infinity, -Double.infinity)
    private var zeros = 0
    private var negative: [Int: Int] = [:]
    private var positive: [Int: Int] = [:]

    init(name: String) {
        self.name = name
    }

    /// Takes the values of a row; nil where they are the same, else by how much a number grew, 0 for texts.
    mutating func join(_ before: String, _ after: String) -> Double? {
        count(before, after)
        guard let one = Double(before), let other = Double(after) else {
            guard before != after else { return nil }
            changed += 1
            return 0
        }
        let difference = one == other || (one.isNaN && other.isNaN) ? 0 : other - one
        numbers += 1
        if difference.isFinite {
            sum += abs(difference)
            (least, greatest) = (min(least, difference), max(greatest, difference))
            let key = Int(difference.magnitude.bitPattern) >> Self.shift
            if difference == 0 {
                zeros += 1
            } else if difference < 0 {
                negative[key, default: 0] += 1
            } else {
                positive[key, default: 0] += 1
            }
        }
        guard difference != 0 else { return nil }
        changed += 1
        return difference
    }

    /// Counts the pair until there are too many values for classes.
    private mutating func count(_ before: String, _ after: String) {
        guard pairs != nil else { return }
        classes.insert(before)
        classes.insert(after)
        guard classes.count <= ColumnProfile.maxClasses else { return pairs = nil }
        pairs?[Pair(before: before, after: after), default: 0] += 1
    }

    /// The rows of each pair of classes, by the classes; nil where there are more than ``ColumnProfile/maxClasses``.
    package var confusion: [Cell]? {
        pairs?.map { Cell(before: $0.key.before, after: $0.key.after, count: $0.value) }
            .sorted { ($0.before, $0.after) < ($1.before, $1.after) }
    }

    /// The classes of both sides, sorted.
    package var classNames: [String] { pairs == nil ? [] : classes.sorted() }

    /// By how much numbers grew; nil without numbers.
    package var differences: NumberProfile? {
        guard numbers > 0, least <= greatest else { return nil }
        let bins = { (counts: [Int: Int]) in counts.sorted { $0.key < $1.key }.map { Bins.Bin($0.key, $0.value) } }
        var profile = NumberProfile(
            count: numbers,
            zeros: zeros,
            min: least,
            max: greatest,
            bins: Bins(shift: Self.shift, negative: bins(negative), positive: bins(positive))
        )
        var counts = [Int](repeating: 0, count: 64)
        for cell in profile.cells {
            let middle = max(least, min(greatest, cell.low + (cell.high - cell.low) / 2))
            let place = least == greatest ? 0 : Int((middle - least) / (greatest - least) * 64)
            counts[min(63, max(0, place))] += cell.count
        }
        profile.histogram = NumberProfile.Histogram(low: least, high: greatest, counts: counts)
        return profile
    }

    /// The mean of the numbers' absolute differences; nil without numbers.
    package var meanDifference: Double? { numbers > 0 ? sum / Double(numbers) : nil }
}
