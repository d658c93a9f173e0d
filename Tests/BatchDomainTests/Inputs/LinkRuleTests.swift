import BatchDomain
import Testing

struct LinkRuleTests {
    private static let rule = LinkRule(user: 1000, groups: [1000, 50], inputOwner: 2000)
    private static let open = LinkRule.Ownership(owner: 0, group: 0, mode: 0o755)

    private static func file(_ owner: UInt32, _ group: UInt32, _ mode: UInt32) -> LinkRule.Ownership {
        LinkRule.Ownership(owner: owner, group: group, mode: mode)
    }

    @Test(arguments: [
        (file(1000, 1000, 0o600), true),  // the user's own
        (file(2000, 2000, 0o600), true),  // the owner's of the input
        (file(3000, 3000, 0o604), true),  // everyone's
        (file(3000, 50, 0o640), true),  // a group's of the user
        (file(3000, 3000, 0o640), false),
        (file(3000, 3000, 0o600), false),
        (file(0, 0, 0o600), false),
        (file(0, 0, 0o644), true),
    ])
    func `A link of the user is followed to what is theirs or shared with them`(
        target: LinkRule.Ownership,
        isFollowed: Bool
    ) {
        #expect(Self.rule.follows(linkOf: 1000, to: target, within: [Self.open]) == isFollowed)
    }

    @Test(
        arguments: [
            (1000, 0o600, true), (0, 0o600, true), (3000, 0o600, false), (3000, 0o640, false), (3000, 0o644, true),
        ] as [(UInt32, UInt32, Bool)]
    )
    func `A link that another user made is followed to what everyone may read`(
        maker: UInt32,
        mode: UInt32,
        isFollowed: Bool
    ) {
        #expect(Self.rule.follows(linkOf: maker, to: Self.file(1000, 1000, mode), within: []) == isFollowed)
    }

    @Test func `A link is followed to its maker's own files that are shared`() {
        #expect(Self.rule.follows(linkOf: 3000, to: Self.file(3000, 50, 0o640), within: []))
        #expect(!Self.rule.follows(linkOf: 3000, to: Self.file(3000, 3000, 0o600), within: []))
        #expect(Self.rule.follows(linkOf: 2000, to: Self.file(2000, 2000, 0o600), within: []))
    }

    @Test func `A shared file in a folder that is closed is not shared`() {
        let file = Self.file(3000, 3000, 0o644)
        #expect(Self.rule.follows(linkOf: 1000, to: file, within: [Self.open, Self.file(3000, 3000, 0o711)]))
        #expect(Self.rule.follows(linkOf: 1000, to: file, within: [Self.open, Self.file(3000, 50, 0o710)]))
        #expect(!Self.rule.follows(linkOf: 1000, to: file, within: [Self.open, Self.file(3000, 3000, 0o700)]))
    }
}
