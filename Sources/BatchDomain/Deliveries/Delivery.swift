package import FoundationEssentials

/// One action of a job's hook, from the end of the job until it is done or has failed.
package struct Delivery: Equatable, Sendable, Codable {
    /// Where it is in its life.
    package enum State: String, Sendable, Codable {
        /// It is carried out, or waits for its next attempt.
        case pending = "Pending"
        /// The command has exited with 0, or the server has taken the message.
        case delivered = "Delivered"
        /// It is not attempted any more.
        case failed = "Failed"
    }

    /// How an attempt ended.
    package enum Outcome: Equatable, Sendable {
        /// It is done.
        case delivered(String)
        /// Another attempt may succeed.
        case refused(String)
        /// No other attempt would succeed.
        case failed(String)

        /// What is known of it, in a few words.
        package var words: String {
            switch self {
            case .delivered(let words), .refused(let words), .failed(let words): words
            }
        }
    }

    /// Its id, the same for each attempt: a receiver that has seen it can leave out the message.
    package var id: String
    /// The job.
    package var job: String
    /// The end of the job.
    package var event: JobHook.Event
    /// What is done.
    package var action: JobHook.Action
    /// The message about the job as it ended.
    package var message: DeliveryMessage
    /// Where it is.
    package var state: State
    /// Attempts so far, one that is being made included.
    package var attempts: Int
    /// What came of the last attempt; nil before its end.
    package var result: String?
    /// When the job ended.
    package var createdAt: Date
    /// When the next attempt is due.
    package var dueAt: Date?
    /// When it was done, or failed.
    package var endedAt: Date?

    package init(
        id: String,
        job: String,
        event: JobHook.Event,
        action: JobHook.Action,
        message: DeliveryMessage,
        state: State = .pending,
        attempts: Int = 0,
        result: String? = nil,
        createdAt: Date,
        dueAt: Date? = nil,
        endedAt: Date? = nil
    ) {
        self.id = id
        self.job = job
        self.event = event
        self.action = action
        self.message = message
        self.state = state
        self.attempts = attempts
        self.result = result
        self.createdAt = createdAt
        self.dueAt = dueAt
        self.endedAt = endedAt
    }

    /// The seconds before each attempt but the first: ten attempts in sixteen hours.
    private static let delays = [10, 60, 300, 900, 1800, 3600, 7200, 14_400, 28_800]
    /// The longest time between two attempts, in seconds.
    package static let longestDelay = 28_800.0

    /// The seconds from a refused attempt, counted from 1, to the next one; nil after the last.
    package static func delay(after attempt: Int) -> Double? {
        delays.indices.contains(attempt - 1) ? Double(delays[attempt - 1]) : nil
    }
}
