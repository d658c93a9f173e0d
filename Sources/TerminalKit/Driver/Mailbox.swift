internal import Synchronization

/// Where work on other threads leaves messages for the program; the loop wakes up to read them.
package final class Mailbox<Message: Sendable>: Sendable {
    private let messages = Mutex<[Message]>([])
    private let wake: @Sendable () -> Void

    /// Makes an empty box that calls the waker when the first message lies in it.
    package init(waker: @escaping @Sendable () -> Void) {
        wake = waker
    }

    /// Leaves a message.
    package func post(_ message: Message) {
        let wasEmpty = messages.withLock { messages in
            messages.append(message)
            return messages.count == 1
        }
        // One wake-up is enough for all that arrives before the loop looks.
        if wasEmpty { wake() }
    }

    /// Takes all messages out, oldest first.
    package func take() -> [Message] {
        messages.withLock { messages in
            defer { messages = [] }
            return messages
        }
    }
}
