import BatchDomain

/// A walk through the files of a job's log in the order of time; lines of one time come in the order of their sources.
struct JobLogWalk {
    private var files: [JobLogFile]

    /// Begins between the lines before a place and those after it.
    init(_ files: [JobLogFile], from anchor: JobLogRequest.Anchor) {
        self.files = files
        for index in self.files.indices {
            switch anchor {
            case .start: self.files[index].move(to: 0)
            case .end: self.files[index].move(to: .max)
            case .time(let time): self.files[index].move(toTime: time)
            case .line(let place), .match(_, let place, _): self.files[index].move(to: place)
            }
        }
    }

    /// Passes over a line that comes next.
    mutating func skip(_ place: JobLogLine.Place) {
        guard let index = files.firstIndex(where: { $0.source == place.source }) else { return }
        if files[index].headTime(isForward: true) != nil { files[index].advance() }
    }

    /// The next line that is wanted, or the one before; nil when there is none.
    mutating func next(isForward: Bool, _ filter: JobLogFilter, containing text: String = "") -> JobLogLine? {
        let needles = [filter.text, text].compactMap(LogNeedle.init)
        while let index = head(isForward) {
            defer { files[index].advance() }
            if let line = files[index].headLine(level: filter.level, containing: needles) { return line }
        }
        return nil
    }

    /// The file whose line comes next.
    private mutating func head(_ isForward: Bool) -> Int? {
        var best: (index: Int, time: Int)?
        for index in files.indices {
            guard let time = files[index].headTime(isForward: isForward) else { continue }
            // The sources are in order: of equal times the first one wins forwards, the last one backwards.
            guard let known = best, isForward ? time >= known.time : time < known.time else {
                best = (index, time)
                continue
            }
        }
        return best?.index
    }
}

extension JobLogFile {
    /// Puts the position between what comes before a line of this file or another, and the rest.
    mutating func move(to place: JobLogLine.Place) {
        if source == place.source {
            move(to: place.offset)
        } else {
            move(toTime: source < place.source ? place.time + 1 : place.time)
        }
    }
}
