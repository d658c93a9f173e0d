/// The part of a long list that is in memory: the rows around the cursor.
struct RowWindow<Row> {
    /// How many rows the whole list has; nil until that is known.
    private(set) var total: Int?
    /// How many rows come before the part that is wanted.
    private(set) var wantedOffset = 0
    /// The rows at hand, from `offset` on.
    private(set) var rows: [Row] = []
    private var offset = 0
    /// How many rows the part has.
    let size: Int

    init(size: Int = 200, around row: Int = 0) {
        self.size = size
        wantedOffset = max(0, row - size / 2)
    }

    /// A row of the list; nil while it is on its way.
    subscript(index: Int) -> Row? {
        rows.indices.contains(index - offset) ? rows[index - offset] : nil
    }

    /// Where a row stands in the whole list, if it is at hand.
    func place(where matches: (Row) -> Bool) -> Int? {
        rows.firstIndex(where: matches).map { $0 + offset }
    }

    /// Takes a part of the list.
    mutating func receive(_ rows: [Row], offset: Int, total: Int) {
        guard offset == wantedOffset else { return }
        (self.rows, self.offset, self.total) = (rows, offset, total)
    }

    /// Wants the part around the cursor when it leaves the one that is wanted.
    mutating func follow(cursor: Int, height: Int) {
        let first = max(0, cursor - height)
        let last = min((total ?? 0) - 1, cursor + height)
        guard first < wantedOffset || last >= wantedOffset + size else { return }
        wantedOffset = max(0, cursor - size / 2)
    }
}
