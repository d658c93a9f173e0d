/// Where a command writes and reads; tests bring their own.
package struct Console: Sendable {
    /// One of the two streams out.
    package struct Stream: Sendable {
        /// Writes text as it is.
        let write: @Sendable (String) -> Void
        /// Whether a person looks at it.
        let isTerminal: Bool
        /// Columns, where it is a terminal.
        let width: Int

        package init(isTerminal: Bool = false, width: Int = 80, write: @escaping @Sendable (String) -> Void) {
            self.write = write
            self.isTerminal = isTerminal
            self.width = width
        }

        /// Writes text of whatever origin: on a terminal nothing in it can move the cursor.
        func print(_ text: String) {
            write(isTerminal ? SafeText.of(text) : text)
        }
    }

    /// Answers go here.
    package var output: Stream
    /// Words about the answers go here.
    package var error: Stream
    /// A line that a person types; nil where none can: then nothing is asked.
    package var readLine: (@Sendable () -> String?)?

    package init(output: Stream, error: Stream, readLine: (@Sendable () -> String?)? = nil) {
        self.output = output
        self.error = error
        self.readLine = readLine
    }
}
