import BatchDomain
import Glibc

/// The links of an input that lead out of it.
struct InputLinks: Sendable {
    /// Where a link leads.
    enum Destination: Equatable {
        /// To a place within the input, or to nothing.
        case inside
        /// Out of the input, to this path.
        case outside(String)
        /// Out of the input, to what is not followed.
        case notShared
    }

    /// Links that were followed, at most as many as a note names.
    private(set) var examples: [String] = []
    /// The number of links that were followed.
    private(set) var followed = 0

    private static let maxExamples = 3

    private let root: String
    private let rule: LinkRule

    /// - Parameter root: The input's folder; links above it lead to the input, not out of it.
    init(root: String) {
        self.root = Self.resolved(root) ?? root
        let owner = Self.ownership(of: root)?.owner ?? geteuid()
        rule = LinkRule(user: geteuid(), groups: Self.groups(), inputOwner: owner)
    }

    /// Returns where a link leads; its path ends without NUL and may have any other bytes.
    func destination(ofLinkAt path: [UInt8], madeBy maker: UInt32) -> Destination {
        guard let target = Self.resolved(path), !isInside(target) else { return .inside }
        guard let ownership = Self.ownership(of: target) else { return .inside }
        let isFollowed = rule.follows(linkOf: maker, to: ownership, within: Self.folders(above: target))
        return isFollowed ? .outside(target) : .notShared
    }

    /// Returns whether a path below the root goes through a link that is not followed.
    func refuses(_ path: [UInt8]) -> Bool {
        let root = Array(self.root.utf8)
        let ends = path.indices.filter { path[$0] == UInt8(ascii: "/") } + [path.endIndex]
        return ends.contains { end in
            let whole = root + [UInt8(ascii: "/")] + path[..<end]
            guard let maker = Self.maker(ofLinkAt: whole) else { return false }
            return destination(ofLinkAt: whole, madeBy: maker) == .notShared
        }
    }

    /// Notes that a link was followed.
    mutating func follow(_ name: [UInt8], to target: String) {
        followed += 1
        if examples.count < Self.maxExamples { examples.append("\(String(decoding: name, as: UTF8.self)) → \(target)") }
    }

    /// The sentence on links that were followed; nil when there are none.
    var note: String? {
        guard followed > 0 else { return nil }
        let names = examples.joined(separator: ", ") + (followed > examples.count ? " and others" : "")
        return followed == 1
            ? "1 link leads out of the input and is followed: \(names)."
            : "\(followed) links lead out of the input and are followed: \(names)."
    }

    /// The owner of a link; nil for what is none.
    static func maker(ofLinkAt path: [UInt8]) -> UInt32? {
        var status = stat()
        let isThere = withPath(path) { lstat($0, &status) == 0 }
        return isThere && status.st_mode & S_IFMT == S_IFLNK ? status.st_uid : nil
    }

    private func isInside(_ path: String) -> Bool {
        path == root || path.hasPrefix(root.hasSuffix("/") ? root : root + "/")
    }

    private static func folders(above path: String) -> [LinkRule.Ownership] {
        var folder = ""
        return path.split(separator: "/").dropLast().compactMap { part in
            folder += "/" + part
            return ownership(of: folder)
        }
    }

    private static func ownership(of path: String) -> LinkRule.Ownership? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return LinkRule.Ownership(owner: status.st_uid, group: status.st_gid, mode: status.st_mode)
    }

    private static func groups() -> Set<UInt32> {
        let count = max(0, getgroups(0, nil))
        var groups = [gid_t](repeating: 0, count: Int(count))
        let read = max(0, getgroups(count, &groups))
        return Set(groups.prefix(Int(read))).union([getegid()])
    }

    private static func resolved(_ path: String) -> String? { resolved(Array(path.utf8)) }

    private static func resolved(_ path: [UInt8]) -> String? {
        guard let found = withPath(path, { realpath($0, nil) }) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }

    private static func withPath<Result>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
        let characters = path.map { CChar(bitPattern: $0) } + [0]
        return characters.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { preconditionFailure("a path has its NUL at least") }
            return body(start)
        }
    }
}
