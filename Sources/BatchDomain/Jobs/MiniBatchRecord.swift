package import FoundationEssentials

/// The result of a mini-batch, as it is journaled once it is final.
package struct MiniBatchRecord: Equatable, Sendable, Codable {
    /// The mini-batch, counted from 0 in input order.
    package var id: Int
    /// How it ended.
    package var outcome: Outcome
    /// Tries it took, 1 or more.
    package var attempts: Int
    /// Its files.
    package var files: Int
    /// When the last try began.
    package var startedAt: Date
    /// Seconds that the last try took.
    package var seconds: Double
    /// The process that ran the last try.
    package var pid: Int
    /// How many of its files failed; more than ``failures`` where one reason stands for several files.
    package var failedFiles: Int
    /// The reasons.
    package var failures: [FileFailure]

    /// The number of its rows' list of columns among those of the job; nil without rows, and where it is not needed.
    package var columnVariant: Int?

    /// Where it is a part of a file: what it means for the file's other parts.
    package var part: Part?

    /// A mini-batch as a part of a file.
    package struct Part: Equatable, Sendable, Codable {
        /// The mini-batches that are the file's parts.
        package var parts: Range<Int>
        /// Others of them that need nothing more: they have no rows.
        package var settled: [Int]
        /// The types of its rows, which are those of all parts; nil without rows.
        package var types: String?

        package init(parts: Range<Int>, settled: [Int] = [], types: String? = nil) {
            self.parts = parts
            self.settled = settled
            self.types = types
        }
    }

    /// How a mini-batch ends.
    package enum Outcome: Equatable, Sendable, Codable {
        /// Scored; its rows are durable in the segment.
        case done(Segment)
        /// All attempts failed.
        case failed
    }

    package init(
        id: Int,
        outcome: Outcome,
        attempts: Int,
        files: Int,
        startedAt: Date,
        seconds: Double,
        pid: Int,
        failedFiles: Int? = nil,
        failures: [FileFailure],
        columnVariant: Int? = nil,
        part: Part? = nil
    ) {
        self.part = part
        self.id = id
        self.outcome = outcome
        self.attempts = attempts
        self.failedFiles = failedFiles ?? failures.count
        self.files = files
        self.startedAt = startedAt
        self.seconds = seconds
        self.pid = pid
        self.failures = failures
        self.columnVariant = columnVariant
    }
}

/// The output rows of one finished mini-batch: a run of bytes in a file that one worker appended to.
package struct Segment: Equatable, Sendable, Codable {
    /// The file's name in the job's folder of segments.
    package var file: String
    /// Where the rows begin, in bytes.
    package var offset: Int
    /// How long they are, in bytes.
    package var bytes: Int
    /// Their CRC-32.
    package var checksum: UInt32
    /// How many rows they are.
    package var rows: Int
    /// How long the record of their profile is, in bytes, which follows them; 0 where there is none.
    package var profileBytes: Int

    package init(file: String, offset: Int, bytes: Int, checksum: UInt32, rows: Int, profileBytes: Int = 0) {
        self.file = file
        self.offset = offset
        self.bytes = bytes
        self.checksum = checksum
        self.rows = rows
        self.profileBytes = profileBytes
    }
}

/// A file that could not be scored, with its reason.
package struct FileFailure: Equatable, Sendable, Codable {
    /// The file, relative to the input's folder.
    package var file: String
    /// The mini-batch it belongs to.
    package var miniBatch: Int
    /// The kind of error: a Python exception's class, or `Timeout`, `WorkerDied`.
    package var type: String
    /// The reason in a sentence.
    package var message: String
    /// The traceback, where there is one.
    package var traceback: String?
    /// The try that failed for good, 1 or more.
    package var attempt: Int

    package init(
        file: String,
        miniBatch: Int,
        type: String,
        message: String,
        traceback: String? = nil,
        attempt: Int
    ) {
        self.file = file
        self.miniBatch = miniBatch
        self.type = type
        self.message = message
        self.traceback = traceback
        self.attempt = attempt
    }
}
