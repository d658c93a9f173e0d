import BatchDomain
import Glibc

/// Runs the body with the port of a server on loopback that takes connections and never answers.
package func withSilentServer<Result>(_ body: (_ port: Int) async throws -> Result) async throws -> Result {
    let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(handle) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(handle, $0, length) == 0 && listen(handle, 8) == 0 && getsockname(handle, $0, &length) == 0
        }
    }
    guard isListening else { throw StudioError(.environment, "There is no port to listen on: errno \(errno).") }
    return try await body(Int(UInt16(bigEndian: address.sin_port)))
}
