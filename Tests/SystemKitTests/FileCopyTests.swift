import Foundation
import Glibc
import TestSupport
import Testing

@testable import SystemKit

struct FileCopyTests {
    @Test func `A copy of a file that becomes shorter meanwhile ends, and tells so`() async throws {
        try await withTemporaryFolder { folder in
            let (source, target) = (folder + "/log", folder + "/copy")
            try write("", to: source)
            // Without a byte on the disk, and longer than what is copied until it is cut.
            try #require(truncate(source, 64 << 30) == 0)
            let copying = Task { try FileCopy.make(of: source, to: target) }
            _ = try await wait(for: "the first bytes") {
                if case .file(let bytes, _) = try FolderEntry(at: target)?.kind, bytes > 0 { true } else { nil }
            }
            try #require(truncate(source, 0) == 0)
            let copy = try await copying.value
            #expect(copy.changed == source)
            #expect(copy.bytes < 64 << 30)
        }
    }

    @Test func `A folder is copied with permissions, times and links`() async throws {
        try await withTemporaryFolder { folder in
            let (source, target) = (folder + "/a", folder + "/b")
            try write("run", to: source + "/bin/tool")
            try write("", to: source + "/empty")
            #expect(chmod(source + "/bin/tool", 0o755) == 0)
            let times = [timespec(tv_sec: 1, tv_nsec: 2), timespec(tv_sec: 3, tv_nsec: 500_000_000)]
            #expect(utimensat(AT_FDCWD, source + "/bin/tool", times, 0) == 0)
            #expect(symlink("bin/tool", source + "/link") == 0)
            #expect(symlink("/nowhere", source + "/broken") == 0)

            let copy = try FileCopy.make(of: source, to: target)
            #expect(copy.bytes == 3 && copy.changed == nil)
            #expect(try FolderEntry.all(in: target).map(\.name) == ["bin", "broken", "empty", "link"])
            #expect(try FolderEntry(at: target + "/bin/tool")?.kind == .file(bytes: 3, modifiedAt: 3.5))
            #expect(access(target + "/bin/tool", X_OK) == 0)
            #expect(try String(contentsOfFile: target + "/link", encoding: .utf8) == "run")
            #expect(try FolderEntry(at: target + "/broken")?.kind == .link)
        }
    }

    @Test func `What can't be copied is refused and overwrites nothing`() async throws {
        try await withTemporaryFolder { folder in
            let (source, target) = (folder + "/a", folder + "/b")
            #expect(throws: FileError(.open, source, code: ENOENT)) { try FileCopy.make(of: source, to: target) }
            #expect(mkfifo(source, 0o600) == 0)
            #expect(throws: FileError(.open, source, code: EINVAL)) { try FileCopy.make(of: source, to: target) }
            try write("kept", to: target)
            #expect(throws: FileError(.make, target, code: EEXIST)) {
                try FileCopy.make(of: target, to: target)
            }
            #expect(try String(contentsOfFile: target, encoding: .utf8) == "kept")
        }
    }

    @Test func `Permissions can be set`() async throws {
        try await withTemporaryFolder { folder in
            try write("x", to: folder + "/a")
            #expect(chmod(folder + "/a", 0o644) == 0)
            try FileCopy.make(of: folder + "/a", to: folder + "/b", permissions: 0o600)
            var status = stat()
            #expect(lstat(folder + "/b", &status) == 0 && status.st_mode & 0o777 == 0o600)
        }
    }
}
