import BatchDomain
@preconcurrency import Dispatch
import Foundation
import Glibc
import Synchronization

/// The socket on which hosts and workers call the executor.
///
/// It lies in a private folder of its own under the temporary folder. Where that has a path longer than the 107 bytes that a socket's
/// may have, the socket is bound and reached through an open directory.
package final class WorkerListener: Sendable {
    /// Who a connection belongs to, by the token that was handed to the process.
    typealias Receiver = @Sendable (WorkerMessage.Hello, WorkerConnection) -> Void

    /// The path that workers connect to.
    package let path: String
    /// The folder that the socket lies in.
    package let folder: String
    /// The open directory that the socket is reached through, where its path is too long.
    private let folderDescriptor: Int32?
    private let source: any DispatchSourceRead
    private let queue = DispatchQueue(label: "batchstudio.workers")
    private let receivers = Mutex<[String: Receiver]>([:])

    /// Starts to listen.
    ///
    /// - Throws: ``StudioError`` when no socket can be made in the temporary folder.
    package init() throws {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else {
            throw StudioError(
                .environment,
                "The executor can't reach its workers: a socket can't be made (\(String(cString: strerror(errno)))).",
                advice: "Raise the limit of open files: ulimit -n 1024."
            )
        }
        var bound: (path: String, folder: Int32?) = ("", nil)
        do {
            let made = try PrivateFolder(named: "batchstudio") { folder in
                do throws(BindFailure) {
                    bound = try Self.bind(descriptor, in: folder)
                    return nil
                } catch {
                    return error.reason
                }
            }
            folder = made.path
        } catch {
            Glibc.close(descriptor)
            throw error
        }
        path = bound.path
        folderDescriptor = bound.folder
        guard listen(descriptor, 128) == 0 else {
            let reason = String(cString: strerror(errno))
            Glibc.close(descriptor)
            throw StudioError(.environment, "The executor can't listen on \(path): \(reason).")
        }
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler { @Sendable [weak self] in self?.accept(descriptor) }
        source.setCancelHandler { @Sendable in _ = Glibc.close(descriptor) }
        source.activate()
    }

    deinit {
        close()
        if let folderDescriptor { Glibc.close(folderDescriptor) }
    }

    /// Accepts no more connections, and removes the socket: processes that end may keep the listener beyond the executor's end.
    package func close() {
        source.cancel()
        unlink(folder + "/" + Self.name)
        rmdir(folder)
    }

    /// Connects once as a worker does.
    ///
    /// - Throws: ``StudioError`` when that can't be done.
    package func tryConnection() throws {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { Glibc.close(descriptor) }
        if descriptor >= 0, Self.call(Glibc.connect, descriptor, path) == 0 { return }
        throw StudioError(
            .environment,
            "Workers can't reach the executor: \(path) can't be connected to (\(String(cString: strerror(errno)))).",
            advice: "Set TMPDIR to a folder of a local file system."
        )
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

    // MARK: - The socket's path

    private static let name = "workers"

    private struct BindFailure: Error {
        var reason: String
    }

    /// Binds a socket in a folder; returns the path that workers connect to, and the directory that it leads through.
    private static func bind(
        _ descriptor: Int32,
        in folder: String
    ) throws(BindFailure) -> (path: String, folder: Int32?) {
        let path = folder + "/" + name
        if path.utf8.count < MemoryLayout<sockaddr_un>.size - MemoryLayout<sa_family_t>.size {
            try bind(descriptor, to: path)
            return (path, nil)
        }
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw BindFailure(reason: String(cString: strerror(errno))) }
        do {
            try bind(descriptor, to: "/proc/self/fd/\(directory)/\(name)")
            return ("/proc/\(getpid())/fd/\(directory)/\(name)", directory)
        } catch {
            Glibc.close(directory)
            throw error
        }
    }

    private static func bind(_ descriptor: Int32, to path: String) throws(BindFailure) {
        if call(Glibc.bind, descriptor, path) != 0 { throw BindFailure(reason: String(cString: strerror(errno))) }
    }

    /// Calls `bind` or `connect` with a path that is short enough.
    private static func call(
        _ function: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32,
        _ descriptor: Int32,
        _ path: String
    ) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                function(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
