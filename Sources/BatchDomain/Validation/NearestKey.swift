/// Finds the key that a user most likely meant.
package enum NearestKey {
    /// The nearest of the keys, if any is near enough to be a slip of the hand; case and `-` for `_` count for nothing.
    package static func of(_ typed: String, among keys: [String]) -> String? {
        let near = keys.map { ($0, distance(folded(typed), folded($0))) }.min { $0.1 < $1.1 }
        guard let (key, distance) = near, distance <= max(1, min(typed.count, key.count) / 3) else { return nil }
        return key
    }

    /// Edits from one word to the other: letters added, dropped, changed, or two neighbours swapped.
    static func distance(_ first: [Character], _ second: [Character]) -> Int {
        var rows = [Array(0...second.count)]
        for (i, letter) in first.enumerated() {
            var row = [i + 1]
            for (j, other) in second.enumerated() {
                var cost = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (letter == other ? 0 : 1))
                if i > 0, j > 0, letter == second[j - 1], first[i - 1] == other {
                    cost = min(cost, rows[i - 1][j - 1] + 1)
                }
                row.append(cost)
            }
            rows.append(row)
        }
        return rows[first.count][second.count]
    }

    /// Long keys are cut: the cost grows with the square of their length.
    private static func folded(_ key: String) -> [Character] {
        Array(key.prefix(64).lowercased()).map { $0 == "-" ? "_" : $0 }
    }
}
