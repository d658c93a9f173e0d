import BatchDomain

/// The files of a job's log, of which so much is in memory as there is room for: a job may have thousands of workers.
struct JobLogFiles {
    /// Maximum memory for what is read of all files, in bytes; the file read last may exceed it.
    static let memory = 4 << 20

    private var files: [JobLogFile]
    /// The memory that each file has, and all have.
    private var sizes: [Int]
    private(set) var heldBytes = 0
    /// The files that have memory, the one that got it first in front.
    private var holders: [Int] = []

    init(_ files: [JobLogFile]) {
        self.files = files
        sizes = files.map(\.heldBytes)
    }

    var indices: Range<Int> { files.indices }

    func source(of index: Int) -> JobLogSource { files[index].source }

    func position(of index: Int) -> Int { files[index].position }

    /// Reads in a file; takes memory from others where there is too little.
    mutating func read<Result>(_ index: Int, _ body: (inout JobLogFile) -> Result) -> Result {
        let result = body(&files[index])
        let size = files[index].heldBytes
        if sizes[index] == 0, size > 0 { holders.append(index) }
        heldBytes += size - sizes[index]
        sizes[index] = size
        while heldBytes > Self.memory, let first = holders.first(where: { $0 != index }) {
            files[first].drop()
            heldBytes -= sizes[first]
            sizes[first] = 0
            holders.removeAll { sizes[$0] == 0 }
        }
        return result
    }
}
