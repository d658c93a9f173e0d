import Glibc
import Testing

@testable import SystemKit

struct FolderEntryTests {
    @Test(arguments: ["a", "wörter.csv", String(repeating: "x", count: 255)])
    func `A name is read at the very end of the memory`(name: String) throws {
        let page = sysconf(Int32(_SC_PAGESIZE))
        let memory = try #require(mmap(nil, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
        defer { munmap(memory, 2 * page) }
        try #require(mprotect(memory + page, page, PROT_NONE) == 0)
        let field = try #require(MemoryLayout<dirent>.offset(of: \.d_name))
        let bytes = Array(name.utf8) + [0]
        // The kernel rounds an entry up to eight bytes.
        let length = (field + bytes.count + 7) / 8 * 8
        let entry = memory + page - length
        (entry + field).copyMemory(from: bytes, byteCount: bytes.count)
        #expect(FolderEntry.nameBytes(of: entry.assumingMemoryBound(to: dirent.self)) == Array(name.utf8))
    }
}
