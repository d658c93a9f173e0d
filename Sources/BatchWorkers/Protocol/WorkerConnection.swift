import BatchDomain
@preconcurrency import Dispatch
import Foundation
import Glibc
import Synchronization

/// One end of the channel between the executor and a host or worker.
package final class WorkerConnection: Sendable {
    /// An event of a connection.
    package enum Event: Sendable {
        case message(WorkerMessage)
        /// The last event: the other side is gone, or said what the protocol does not know.
        case closed(reason: String?)
    }

    /// A closure that lay in the mutex itself would be wrapped once more by each access, a million events deep at last.
    private struct Handler {
        var call: (@Sendable (Event) -> Void)?
    }

    private let descriptor: Int32
    private let source: any DispatchSourceRead
    private let splitter = Mutex(LineSplitter())
    private let handler = Mutex(Handler())
    private let isOpen = Mutex(true)

    /// Takes over a connected socket; nothing is read before ``receive(_:)``.
    init(descriptor: Int32, queue: DispatchQueue) {
        self.descriptor = descriptor
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        // A worker that reads nothing for this long is as good as gone.
        var limit = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    /// Hands what comes to the handler, on the executor's queue, until `closed`.
    func receive(_ handler: @escaping @Sendable (Event) -> Void) {
        let isFirst = self.handler.withLock { current in
            defer { current.call = handler }
            return current.call == nil
        }
        guard isFirst else { return }
        let descriptor = descriptor
        // The handler keeps the connection alive until it is canceled at the end of the stream.
        source.setEventHandler { @Sendable [self] in readWaiting() }
        source.setCancelHandler { @Sendable in _ = Glibc.close(descriptor) }
        source.activate()
    }

    /// Says something; false when the other side is gone.
    @discardableResult
    package func send(_ message: ExecutorMessage) -> Bool { send([message]) }

    /// Says several things at once; false when the other side is gone.
    @discardableResult
    package func send(_ messages: [ExecutorMessage]) -> Bool {
        guard let lines = try? messages.reduce(into: Data(), { lines, message in lines += try message.line() }) else {
            return false
        }
        return isOpen.withLock { isOpen in
            guard isOpen else { return false }
            return lines.withUnsafeBytes { bytes in
                var sent = 0
                while sent < bytes.count {
                    let count = Glibc.send(
                        descriptor,
                        bytes.baseAddress?.advanced(by: sent),
                        bytes.count - sent,
                        Int32(MSG_NOSIGNAL)
                    )
                    if count < 0, errno == EINTR { continue }
                    guard count > 0 else { return false }
                    sent += count
                }
                return true
            }
        }
    }

    /// Ends the connection; the other side sees the end of file.
    package func close() {
        isOpen.withLock { isOpen in
            if isOpen { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    private func readWaiting() {
        let size = 1 << 16
        withUnsafeTemporaryAllocation(byteCount: size, alignment: 1) { buffer in
            // To the end, not once: 2026-11-22, last words and the end of the file that come together are one event, and
            // Dispatch on Linux reports no more events of a socket that was hung up (SR-9033).
            while true {
                let count = recv(descriptor, buffer.baseAddress, size, Int32(MSG_DONTWAIT))
                if count > 0 {
                    guard deliver(buffer[..<count]) else { return }
                } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
                    return end(reason: nil)
                } else if errno == EAGAIN {
                    return
                }
            }
        }
    }

    /// Hands on the messages; false when that was the end of the connection.
    private func deliver(_ bytes: Slice<UnsafeMutableRawBufferPointer>) -> Bool {
        do {
            for line in try splitter.withLock({ try $0.take(bytes) }) {
                emit(.message(try JSONDecoder().decode(WorkerMessage.self, from: line)))
            }
            return true
        } catch {
            end(reason: "it sent what the protocol does not know")
            return false
        }
    }

    private func end(reason: String?) {
        let wasOpen = isOpen.withLock { isOpen in
            defer { isOpen = false }
            return isOpen
        }
        guard wasOpen else { return }
        emit(.closed(reason: reason))
        source.cancel()
    }

    private func emit(_ event: Event) {
        handler.withLock { $0.call }?(event)
    }
}
