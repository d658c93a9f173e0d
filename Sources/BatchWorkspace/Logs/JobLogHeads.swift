/// The files of a log by the times of their next lines, as a heap: of equal times the file that comes first is first forwards, last backwards.
struct JobLogHeads {
    private let isForward: Bool
    private var heads: [(time: Int, file: Int)] = []

    init(isForward: Bool) {
        self.isForward = isForward
    }

    mutating func insert(_ file: Int, at time: Int) {
        heads.append((time, file))
        var index = heads.count - 1
        while index > 0, precedes(heads[index], heads[(index - 1) / 2]) {
            heads.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    /// Takes out the file whose line comes next; nil when there is none.
    mutating func removeFirst() -> Int? {
        guard let first = heads.first else { return nil }
        let last = heads.removeLast()
        guard !heads.isEmpty else { return first.file }
        heads[0] = last
        var index = 0
        while true {
            var next = index
            for child in [2 * index + 1, 2 * index + 2]
            where child < heads.count && precedes(heads[child], heads[next]) {
                next = child
            }
            guard next != index else { return first.file }
            heads.swapAt(index, next)
            index = next
        }
    }

    private func precedes(_ one: (time: Int, file: Int), _ other: (time: Int, file: Int)) -> Bool {
        isForward ? one < other : one > other
    }
}
