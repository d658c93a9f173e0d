import BatchDomain
import Testing

struct FolderDescentTests {
    private static let script = Scoring.script(ScoringCode(folder: "/code", script: "score.py"))

    @Test(
        arguments: [
            (true, Scoring.generated, FolderDescent.everywhere), (false, .generated, .nowhere),
            (nil, .generated, .partitions),
            (true, script, .everywhere), (false, script, .nowhere), (nil, script, .everywhere),
        ] as [(Bool?, Scoring, FolderDescent)]
    )
    func `A job looks into folders as it was told, else as Azure and into partitions`(
        isRecursive: Bool?,
        scoring: Scoring,
        descent: FolderDescent
    ) {
        #expect(FolderDescent(isRecursive: isRecursive, scoring: scoring) == descent)
    }

    @Test(arguments: [("d=1", true), ("day=", true), ("a=b=c", true), ("=1", false), ("d", false), ("", false)])
    func `A partition has a name before its first equals sign`(name: String, isPartition: Bool) {
        #expect(FolderDescent.partitions.enters(Array(name.utf8)) == isPartition)
        #expect(FolderDescent.everywhere.enters(Array(name.utf8)))
        #expect(!FolderDescent.nowhere.enters(Array(name.utf8)))
    }
}
