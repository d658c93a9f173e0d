import Testing

@testable import BatchDomain

struct CSVTextTests {
    @Test(arguments: [
        ("a,b\nc,d", [["a", "b"], ["c", "d"]]), ("\"x \"\"y\"\"\",\r\n", [["x \"y\"", ""]]), ("", []), ("\n\n", []),
        ("\"a\nb\",c\n", [["a\nb", "c"]]),
    ])
    func `CSV is read as its standard says`(text: String, rows: [[String]]) {
        var reader = CSVReader()
        var read: [[String]] = []
        _ = reader.read(text.utf8) { row in
            read.append(row)
            return true
        }
        reader.finish { row in
            read.append(row)
            return true
        }
        #expect(read == rows)
    }

    @Test func `Cells that need quotes get them`() {
        #expect(CSVText.line(["a", "b,c", "d\"e", "f\ng", "h\ri", ""]) == "a,\"b,c\",\"d\"\"e\",\"f\ng\",\"h\ri\",\n")
    }

    @Test func `A row is read as it was written`() {
        let cells = ["1", " two ", "th\"ree", "\"\"", "fi,ve", "s\nix", "s\r\neven", "漢"]
        #expect(CSVText.cells(of: CSVText.line(cells)) == cells)
    }
}
