import Glibc

/// Executables of this package, as the build left them.
package enum BuiltProduct {
    /// The path of an executable: it lies beside the test bundle that runs.
    package static func path(_ name: String) -> String {
        var bytes: [CChar] = Array(repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &bytes, bytes.count)
        let own = String(decoding: bytes.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let folder = own.lastIndex(of: "/").map { own[..<$0] } ?? ""
        return "\(folder)/\(name)"
    }
}
