import BatchDomain
import Foundation
import Testing

@testable import BatchWorkers

struct FetcherOrderTests {
    @Test(arguments: [
        (FolderDescent.everywhere, true, false), (.partitions, false, true), (.nowhere, false, false),
    ])
    func `list says which folders to look into and what to leave out`(
        descent: FolderDescent,
        isRecursive: Bool,
        partitions: Bool
    ) throws {
        let order = FetcherOrder.list(
            isFolder: true,
            descent: descent,
            leavingOut: LeftOutFiles(patterns: [".*", "_SUCCESS", "*.crc"])
        )
        let object = try #require(try JSONSerialization.jsonObject(with: order.line) as? NSDictionary)
        #expect(
            object == [
                "op": "list", "is_folder": true, "is_recursive": isRecursive, "partitions": partitions,
                "left_out": [".*", "_SUCCESS", "*.crc"],
            ]
        )
    }
}
