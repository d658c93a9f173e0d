package import FoundationEssentials

/// One mini-batch of a job: its files and its result.
package struct MiniBatchDetails: Equatable, Sendable {
    /// The result of a mini-batch that needs nothing more.
    package struct Result: Equatable, Sendable {
        /// True when all attempts failed.
        package var isFailed: Bool
        /// Attempts that were made.
        package var attempts: Int
        /// When the last attempt began.
        package var startedAt: Date
        /// Seconds that the last attempt took.
        package var seconds: Double
        /// The process of the last attempt.
        package var pid: Int
        /// The worker of the last attempt, where its rows tell.
        package var worker: Int?
        /// Its rows; nil where they are not in the output.
        package var rows: Int?
        /// How many of its files failed.
        package var failedFiles: Int

        package init(
            isFailed: Bool,
            attempts: Int,
            startedAt: Date,
            seconds: Double,
            pid: Int,
            worker: Int? = nil,
            rows: Int? = nil,
            failedFiles: Int = 0
        ) {
            self.isFailed = isFailed
            self.attempts = attempts
            self.startedAt = startedAt
            self.seconds = seconds
            self.pid = pid
            self.worker = worker
            self.rows = rows
            self.failedFiles = failedFiles
        }
    }

    /// Its number, from 0 in input order.
    package var id: Int
    /// How many mini-batches the job has.
    package var count: Int
    /// Its first files, by their paths in the input.
    package var files: [String]
    /// How many files it has.
    package var fileCount: Int
    /// Where it is a part of its file: which, from 1, of how many, and its rows.
    package var part: Part?
    /// The result; nil while it waits or is scored.
    package var result: Result?
    /// The worker that scores it.
    package var worker: WorkerStatus?
    /// Its failed files, the first ones.
    package var failures: [FileFailure]

    /// A part of a file.
    package struct Part: Equatable, Sendable {
        /// Its number, from 1.
        package var number: Int
        /// How many parts the file has.
        package var count: Int
        /// The rows of the file that are in it, from 0; nil where they are not known.
        package var rows: Range<Int>?

        package init(number: Int, count: Int, rows: Range<Int>? = nil) {
            self.number = number
            self.count = count
            self.rows = rows
        }
    }

    package init(
        id: Int,
        count: Int,
        files: [String],
        fileCount: Int,
        part: Part? = nil,
        result: Result? = nil,
        worker: WorkerStatus? = nil,
        failures: [FileFailure] = []
    ) {
        self.id = id
        self.count = count
        self.files = files
        self.fileCount = fileCount
        self.part = part
        self.result = result
        self.worker = worker
        self.failures = failures
    }
}

/// How long the mini-batches of a job took.
package struct MiniBatchTimes: Equatable, Sendable {
    /// The mean of the last attempts, in seconds.
    package var mean: Double
    /// The longest of them, in seconds.
    package var longest: Double
    /// The mini-batch that took longest.
    package var slowest: Int

    package init(mean: Double, longest: Double, slowest: Int) {
        self.mean = mean
        self.longest = longest
        self.slowest = slowest
    }
}
