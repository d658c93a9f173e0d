import Foundation
import SystemKit
import TestSupport
import Testing

struct `The size of a folder` {
    @Test func `counts files at every depth and follows no links`() async throws {
        try await withTemporaryFolder { folder in
            try write("12345", to: folder + "/a")
            try write("123", to: folder + "/b/c/d")
            try FileManager.default.createSymbolicLink(atPath: folder + "/b/link", withDestinationPath: folder)
            #expect(FolderSize.bytes(of: folder) == 8)
        }
    }

    @Test func `is 0 of a folder that does not exist`() {
        #expect(FolderSize.bytes(of: "/nosuch/folder") == 0)
    }
}
