/// The mount points of control groups of version 2, from `/proc/self`.
enum ControlGroupMounts {
    /// The folders that may be those of the process's own group, one a mount that shows it; they need not be there.
    ///
    /// - Parameters:
    ///   - mounts: The lines of `mountinfo`.
    ///   - membership: The lines of `cgroup`, of which version 2 has the one that begins `0::`.
    /// - Returns: Absolute paths; none where only version 1 is in use.
    static func folders(mounts: String, membership: String) -> [String] {
        let lines = membership.split(separator: "\n")
        guard let own = lines.first(where: { $0.hasPrefix("0::/") })?.dropFirst(3), isPlain(own) else { return [] }
        return mounts.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard let dash = fields.dropFirst(6).firstIndex(of: "-"), fields.dropFirst(dash + 1).first == "cgroup2",
                case let root = unescaped(fields[3]), let inside = path(of: own, below: root)
            else { return nil }
            return unescaped(fields[4]) + inside
        }
    }

    /// The path of a group below the one that a mount shows as its top; nil when the mount does not show it.
    private static func path(of group: Substring, below root: String) -> Substring? {
        if group == root || group == "/" && root == "/" { return "" }
        if root == "/" { return group }
        return group.hasPrefix(root + "/") ? group.dropFirst(root.count) : nil
    }

    /// A group outside of the process's namespace is shown as `/../…`: it can't be reached.
    private static func isPlain(_ group: Substring) -> Bool { !group.split(separator: "/").contains("..") }

    /// Blanks, line feeds, tabs and backslashes are written as `\` and three octal digits.
    private static func unescaped(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = field.utf8
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"), let code = UInt8(String(Substring(rest.prefix(3))), radix: 8) {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
