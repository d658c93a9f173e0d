/// The rule by which links that lead out of an input are followed.
///
/// Data folders are often linked. But who puts a link into a folder decides what is read there, and root may read all: so what a link
/// leads to must be meant for the user, and for the one who made the link.
///
///     let rule = LinkRule(user: 1000, groups: [1000], inputOwner: 1000)
///     rule.follows(linkOf: 1000, to: Ownership(owner: 0, group: 0, mode: 0o640), within: [])  // false
package struct LinkRule: Equatable, Sendable {
    /// Who may do what with a file or folder.
    package struct Ownership: Equatable, Sendable {
        package var owner: UInt32
        package var group: UInt32
        /// The permissions, as in `stat`.
        package var mode: UInt32

        package init(owner: UInt32, group: UInt32, mode: UInt32) {
            self.owner = owner
            self.group = group
            self.mode = mode
        }
    }

    private static let root: UInt32 = 0
    private static let read: UInt32 = 0o4
    private static let search: UInt32 = 0o1

    private let user: UInt32
    private let groups: Set<UInt32>
    private let inputOwner: UInt32

    /// - Parameters:
    ///   - user: The user who runs the job.
    ///   - groups: The groups of that user.
    ///   - inputOwner: The owner of the input's folder: the user named it, and with it what its owner may read.
    package init(user: UInt32, groups: Set<UInt32>, inputOwner: UInt32) {
        self.user = user
        self.groups = groups
        self.inputOwner = inputOwner
    }

    /// Judges a link.
    ///
    /// - Parameters:
    ///   - maker: The owner of the link.
    ///   - target: What it leads to.
    ///   - folders: The folders above that.
    /// - Returns: Whether it is followed.
    package func follows(linkOf maker: UInt32, to target: Ownership, within folders: [Ownership]) -> Bool {
        let isMakersOwn = maker == user || maker == Self.root || maker == target.owner
        guard isMakersOwn || target.mode & Self.read != 0 else { return false }
        return allows(Self.read, target) && folders.allSatisfy { allows(Self.search, $0) }
    }

    /// Returns whether the owner gives this permission to the user: to everyone, to a group, or because they are one.
    private func allows(_ permission: UInt32, _ file: Ownership) -> Bool {
        if file.owner == user || file.owner == inputOwner || file.mode & permission != 0 { return true }
        return file.mode & (permission << 3) != 0 && groups.contains(file.group)
    }
}
