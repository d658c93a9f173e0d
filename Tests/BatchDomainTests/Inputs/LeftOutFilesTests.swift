import BatchDomain
import TestSupport
import Testing

struct LeftOutFilesTests {
    @Test(arguments: [
        ("_SUCCESS", "_SUCCESS"), ("_committed_17", "_committed_*"), ("_started_17", "_started_*"),
        ("_metadata", "_metadata"), ("_common_metadata", "_common_metadata"), (".part-0.csv.crc", ".*"),
        ("part-0.csv.crc", "*.crc"), (".DS_Store", ".*"), ("Thumbs.db", "Thumbs.db"), ("desktop.ini", "desktop.ini"),
        ("_delta_log", "_delta_log"), ("_temporary", "_temporary"), ("__MACOSX", "__MACOSX"), (".git", ".*"),
        ("MLTable", "MLTable"),
    ])
    func `What is not data is found by its pattern`(name: String, pattern: String) {
        #expect(LeftOutFiles.standard.pattern(of: Array(name.utf8)) == pattern)
    }

    @Test(arguments: [
        "part-0.csv", "_data.csv", "SUCCESS", "_SUCCESS.csv", "_metadata.csv", "crc", "a.crc.csv", "thumbs.db", "_",
        "metadata", "d=1", "mltable.csv",
    ])
    func `All else is data`(name: String) {
        #expect(LeftOutFiles.standard.pattern(of: Array(name.utf8)) == nil)
    }

    @Test func `A name that is not UTF-8 is compared as it is`() {
        #expect(LeftOutFiles.standard.pattern(of: [0xFF, 0xFE] + Array(".crc".utf8)) == "*.crc")
        #expect(LeftOutFiles.standard.pattern(of: [0xFF, 0xFE]) == nil)
    }

    @Test func `A note counts them and names their patterns in the order of the table`() {
        let rule = LeftOutFiles.standard
        let notes = [
            rule.note(count: 12, found: ["*.crc", "_SUCCESS"]), rule.note(count: 1, found: [".*"]), rule.note(count: 2),
        ]
        expectMessage(notes.joined(separator: "\n"), "input/left-out")
    }
}
