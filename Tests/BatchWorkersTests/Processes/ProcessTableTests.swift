import Foundation
import Glibc
import Testing

@testable import BatchWorkers

struct ProcessTableTests {
    private func table(_ lines: [(pid: Int, stat: String)]) -> ProcessTable {
        var table = ProcessTable()
        for (pid, line) in lines {
            if let stat = ProcessStat(Data(line.utf8)) { table.add(pid, stat) }
        }
        return table
    }

    @Test func `A family is all descendants, and those left in its sessions`() {
        let table = table([
            (10, "10 (worker) S 1 10 10 0"), (11, "11 (child) S 10 10 10 0"), (12, "12 (alone) S 11 12 12 0"),
            (13, "13 (left behind) S 1 13 12 0"), (14, "14 (stranger) S 1 14 14 0"),
        ])
        #expect(table.family(of: 10) == [11, 12, 13])
        #expect(table.family(of: 14).isEmpty)
    }

    @Test func `The name of a program can't pass for its parent`() {
        let table = table([(10, "10 (worker) S 1 10 10 0"), (11, "11 (x) S 10 1 1) S 7 11 11 0"), (12, "12 (cut")])
        #expect(table.family(of: 10).isEmpty)
        #expect(table.family(of: 7) == [11])
    }

    @Test func `A line of the system is read`() throws {
        let parent = Int(getppid())
        #expect(ProcessTable.current().family(of: parent).contains(Int(getpid())))
    }
}
