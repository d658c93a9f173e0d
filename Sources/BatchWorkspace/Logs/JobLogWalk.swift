import BatchDomain

/// A walk through the files of a job's log in the order of time, in one direction; lines of one time come in the order of their sources.
///
/// What is wanted is searched for in each file by itself, a piece at a time, so that only these lines are merged.
struct JobLogWalk {
    private var files: JobLogFiles
    private let isForward: Bool
    private let wanted: JobLogWanted
    private var heads: JobLogHeads

    /// Begins between the lines before a place and those after it; forwards from a match, after its line.
    init(_ files: [JobLogFile], from anchor: JobLogRequest.Anchor, isForward: Bool, _ wanted: JobLogWanted) {
        self.files = JobLogFiles(files)
        self.isForward = isForward
        self.wanted = wanted
        heads = JobLogHeads(isForward: isForward)
        for index in self.files.indices {
            self.files.read(index) { file in
                switch anchor {
                case .start: file.move(to: 0)
                case .end: file.move(to: .max)
                case .time(let time): file.move(toTime: time)
                case .line(let place): file.move(to: place)
                case .match(_, let place, _):
                    file.move(to: place)
                    if isForward, file.source == place.source { file.skipLine() }
                }
            }
            seek(index)
        }
    }

    /// Memory for what was read, in bytes.
    var heldBytes: Int { files.heldBytes }

    /// The next line that is wanted, or the one before; nil when there is none.
    mutating func next() -> JobLogLine? {
        while let index = heads.removeFirst() {
            let line = files.read(index) { $0.take() }
            seek(index)
            if let line { return line }
        }
        return nil
    }

    private mutating func seek(_ index: Int) {
        let time = files.read(index) { [isForward, wanted] in $0.seek(isForward: isForward, wanted) }
        if let time { heads.insert(index, at: time) }
    }
}

extension JobLogFile {
    /// Puts the position between what comes before a line of this file or another, and the rest.
    fileprivate mutating func move(to place: JobLogLine.Place) {
        if source == place.source {
            move(to: place.offset)
        } else {
            move(toTime: source < place.source ? place.time + 1 : place.time)
        }
    }
}
