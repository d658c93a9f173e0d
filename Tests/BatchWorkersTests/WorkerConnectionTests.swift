import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import BatchWorkers

/// The other end of the channel, as a worker has it.
private struct RawChannel {
    let descriptor: Int32

    init(to path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        try #require(isConnected)
    }

    func say(_ text: String) {
        let bytes = Array(text.utf8)
        _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    func hear() -> String {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    func close() { _ = Glibc.close(descriptor) }
}

/// What came over the connections of a listener.
private final class Heard: Sendable {
    struct Words: Sendable {
        var messages: [WorkerMessage] = []
        var closings = 0
        var connections: [WorkerConnection] = []
    }

    private let words = Mutex(Words())

    var now: Words { words.withLock { $0 } }

    func listen(on listener: WorkerListener) {
        listener.register(token: "secret") { [self] _, connection in
            words.withLock { $0.connections.append(connection) }
            connection.receive { [self] event in
                words.withLock { words in
                    switch event {
                    case .message(let message): words.messages.append(message)
                    case .closed: words.closings += 1
                    }
                }
            }
        }
    }
}

struct WorkerConnectionTests {
    private static let hello = #"{"op":"hello","protocol":1,"role":"host","token":"secret","pid":4711}"# + "\n"
    private static let bye = #"{"op":"bye"}"# + "\n"

    @Test func `Last words and the end that come together are both heard`() async throws {
        let listener = try WorkerListener()
        let heard = Heard()
        heard.listen(on: listener)
        for _ in 0..<200 {
            let channel = try RawChannel(to: listener.path)
            channel.say(Self.hello)
            channel.say(Self.bye)
            channel.close()
        }
        _ = try await wait(for: "the end of all connections", within: .seconds(60)) {
            heard.now.closings == 200 ? true : nil
        }
        #expect(heard.now.messages == Array(repeating: .bye, count: 200))
    }

    @Test func `Messages in pieces and messages at once are the same`() async throws {
        let listener = try WorkerListener()
        let heard = Heard()
        heard.listen(on: listener)
        let channel = try RawChannel(to: listener.path)
        defer { channel.close() }
        for piece in [String(Self.hello.prefix(20)), String(Self.hello.dropFirst(20)) + Self.bye + Self.bye, Self.bye] {
            channel.say(piece)
        }
        _ = try await wait(for: "three messages") { heard.now.messages.count == 3 ? true : nil }
    }

    @Test func `A stranger without the token is turned away`() async throws {
        let listener = try WorkerListener()
        let heard = Heard()
        heard.listen(on: listener)
        let channel = try RawChannel(to: listener.path)
        defer { channel.close() }
        channel.say(Self.hello.replacingOccurrences(of: "secret", with: "guess"))
        #expect(channel.hear() == "")
        #expect(heard.now.connections.isEmpty)
    }

    @Test func `Who speaks before hello is turned away`() async throws {
        let listener = try WorkerListener()
        Heard().listen(on: listener)
        let channel = try RawChannel(to: listener.path)
        defer { channel.close() }
        channel.say(Self.bye)
        #expect(channel.hear() == "")
    }

    @Test func `What the protocol does not know ends the connection`() async throws {
        let listener = try WorkerListener()
        let heard = Heard()
        heard.listen(on: listener)
        let channel = try RawChannel(to: listener.path)
        defer { channel.close() }
        channel.say(Self.hello + "nonsense\n" + Self.bye)
        _ = try await wait(for: "the end") { heard.now.closings == 1 ? true : nil }
        #expect(heard.now.messages.isEmpty)
    }

    @Test func `To speak to a worker that is gone is no error`() async throws {
        let listener = try WorkerListener()
        let heard = Heard()
        heard.listen(on: listener)
        let channel = try RawChannel(to: listener.path)
        channel.say(Self.hello)
        let connection = try await wait(for: "the connection") { heard.now.connections.first }
        #expect(connection.send(.stop))
        channel.close()
        _ = try await wait(for: "the end") { heard.now.closings == 1 ? true : nil }
        #expect(!connection.send(.stop))
    }

    @Test func `The socket's folder is private, and gone with the listener`() async throws {
        var listener: WorkerListener? = try WorkerListener()
        let folder = ((listener?.path ?? "") as NSString).deletingLastPathComponent
        let mode = try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o700)
        listener = nil
        #expect(!FileManager.default.fileExists(atPath: folder))
    }
}
