import Dispatch
import Foundation
import Glibc
import Synchronization
import Testing

@testable import BatchWorkers

struct ManyMessagesTests {
    // 2026-11-23: each message cost some of the stack for ever, and the executor of a million mini-batches ran out of it.
    @Test func `A connection hands on as many messages as come`() async throws {
        var ends: [Int32] = [0, 0]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        let connection = WorkerConnection(descriptor: ends[0], queue: DispatchQueue(label: "many messages"))
        let heard = Mutex(0)
        let (closing, report) = AsyncStream.makeStream(of: Void.self)
        connection.receive { event in
            if case .closed = event { report.finish() } else { heard.withLock { $0 += 1 } }
        }
        let lines = Data(String(repeating: #"{"op":"bye"}"# + "\n", count: 1_000).utf8)
        let other = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
        for _ in 0..<100 { try other.write(contentsOf: lines) }
        try other.close()
        for await _ in closing {}
        #expect(heard.withLock { $0 } == 100_000)
    }
}
