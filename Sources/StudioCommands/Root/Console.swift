import DisplayText

/// Where a command writes and reads; tests bring their own.
package struct Console: Sendable {
    /// One of the two streams out.
    package struct Stream: Sendable {
        /// True for a terminal.
        let isTerminal: Bool
        /// Columns, where it is a terminal.
        let width: Int
        /// Returns why nothing can be written, as far as that shows before something is written.
        let obstacle: @Sendable () -> StreamFailure?
        private let onFailure: @Sendable (StreamFailure) -> Void
        private let attempt: @Sendable (String) throws(StreamFailure) -> Void

        /// A stream whose writes do not fail.
        package init(isTerminal: Bool = false, width: Int = 80, write: @escaping @Sendable (String) -> Void) {
            self.init(
                isTerminal: isTerminal,
                width: width,
                obstacle: { nil },
                onFailure: { _ in },
                attempt: { text throws(StreamFailure) in write(text) }
            )
        }

        init(
            isTerminal: Bool,
            width: Int,
            obstacle: @escaping @Sendable () -> StreamFailure?,
            onFailure: @escaping @Sendable (StreamFailure) -> Void,
            attempt: @escaping @Sendable (String) throws(StreamFailure) -> Void
        ) {
            self.isTerminal = isTerminal
            self.width = width
            self.obstacle = obstacle
            self.onFailure = onFailure
            self.attempt = attempt
        }

        /// Writes text as it is.
        func write(_ text: String) {
            do { try attempt(text) } catch { onFailure(error) }
        }

        /// Writes text as it is, for a caller that has something else to do when it can't be written.
        func writeOrThrow(_ text: String) throws(StreamFailure) { try attempt(text) }

        /// Writes text of whatever origin: on a terminal nothing in it can move the cursor.
        func print(_ text: String) {
            write(isTerminal ? text.escapedForTerminal : text)
        }
    }

    /// Answers go here.
    package var output: Stream
    /// Words about the answers go here.
    package var error: Stream
    /// A line that a user types; nil where none can: then nothing is asked.
    package var readLine: (@Sendable () -> String?)?

    package init(output: Stream, error: Stream, readLine: (@Sendable () -> String?)? = nil) {
        self.output = output
        self.error = error
        self.readLine = readLine
    }
}
