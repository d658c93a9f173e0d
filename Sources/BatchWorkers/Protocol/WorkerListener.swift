import BatchDomain
@preconcurrency import Dispatch
import Foundation
import Glibc
import Synchronization

/// The socket on which hosts and workers call the executor.
///
/// It lies in a private folder of its own under the temporary folder: a workspace's path may be longer than the 107 bytes that
/// a socket's may have.
package final class WorkerListener: Sendable {
    /// Who a connection belongs to, by the token that was handed to the process.
    typealias Receiver = @Sendable (WorkerMessage.Hello, WorkerConnection) -> Void

    /// The socket's path.
    package let path: String
    private let folder: String
    private let source: any DispatchSourceRead
    private let queue = DispatchQueue(label: "batchstudio.workers")
    private let receivers = Mutex<[String: Receiver]>([:])

    /// Starts to listen.
    ///
    /// - Throws: ``StudioError`` when no socket can be made in the temporary folder.
    package init() throws {
        var template = Array(
            (NSTemporaryDirectory() as NSString).appendingPathComponent("batchstudio-XXXXXX").utf8CString
        )
        guard let made = mkdtemp(&template) else { throw Self.error("a private folder can't be made") }
        folder = String(cString: made)
        path = folder + "/workers"
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Self.error("a socket can't be made") }
        guard Self.bind(descriptor, to: path), listen(descriptor, 128) == 0 else {
            Glibc.close(descriptor)
            throw Self.error("the socket \(path) can't be bound")
        }
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler { @Sendable [weak self] in self?.accept(descriptor) }
        source.setCancelHandler { @Sendable in _ = Glibc.close(descriptor) }
        source.activate()
    }

    deinit {
        source.cancel()
        unlink(path)
        rmdir(folder)
    }

    /// Hands connections that say `hello` with the token to the receiver.
    func register(token: String, _ receiver: @escaping Receiver) {
        receivers.withLock { $0[token] = receiver }
    }

    /// Forgets a token.
    func unregister(token: String) {
        receivers.withLock { $0[token] = nil }
    }

    private func accept(_ listener: Int32) {
        let descriptor = Glibc.accept(listener, nil, nil)
        guard descriptor >= 0 else { return }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        let connection = WorkerConnection(descriptor: descriptor, queue: queue)
        connection.receive { [weak self, weak connection] event in
            guard let self, let connection, case .message(.hello(let hello)) = event else {
                connection?.close()
                return
            }
            guard let receiver = receivers.withLock({ $0[hello.token] }) else {
                connection.close()
                return
            }
            receiver(hello, connection)
        }
    }

    private static func bind(_ descriptor: Int32, to path: String) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }

    private static func error(_ what: String) -> StudioError {
        StudioError(
            .environment,
            "The executor can't speak with its workers: \(what) (\(String(cString: strerror(errno)))).",
            advice: "Set TMPDIR to a folder that can be written and has a short path."
        )
    }
}
