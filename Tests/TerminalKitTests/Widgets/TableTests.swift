import DisplayText
import TerminalTestSupport
import Testing

@testable import TerminalKit

struct TableTests {
    private let area = Rect(x: 0, y: 0, width: 40, height: 11)
    private let table = Table(GalleryRow.columns, rows: GalleryRow.all)

    /// A million rows that count how often they are asked for.
    private final class Counter {
        var asked = 0
    }

    @Test func `a million rows cost no more than those that are seen`() {
        let counter = Counter()
        let column = TableColumn<Int>("Number", .flexible(minimum: 8)) { String($0) }
        let table = Table([column], rowCount: 1_000_000) { index in
            counter.asked += 1
            return index
        }
        var state = TableState()
        #expect(table.handle(.key(.end), &state, in: area) == .moved(999_999))
        var canvas = Canvas(Size(width: 40, height: 11))
        table.draw(state, in: area, on: &canvas, theme: .test)
        #expect(counter.asked == 10)
        #expect(canvas.plainText.hasSuffix("▸ 999999"))
    }

    @Test func `a row on its way is shown as such`() {
        var canvas = Canvas(Size(width: 20, height: 3))
        let table = Table([TableColumn<Int>("Number", .fixed(6)) { String($0) }], rowCount: 2) { $0 == 0 ? 7 : nil }
        table.draw(TableState(), in: canvas.bounds, on: &canvas, theme: .test)
        #expect(canvas.plainText == "  Number\n▸ 7\n  …")
    }

    @Test(arguments: [
        (Key.down, 1), ("j", 1), (.end, 3), ("G", 3), (.pageDown, 3), (.up, 0), ("k", 0), (.home, 0),
    ])
    func `keys move the cursor and keep it in the table`(key: Key, row: Int) {
        var state = TableState()
        let action = table.handle(.key(key), &state, in: area)
        #expect(state.cursor == row)
        #expect(action == (row == 0 ? nil : .moved(row)))
    }

    @Test func `a cursor behind the end of a shorter list opens the last row`() {
        var state = TableState(cursor: 99)
        #expect(table.handle(.key(.enter), &state, in: area) == .opened(3))
    }

    @Test func `an empty table opens nothing`() {
        var state = TableState()
        let table = Table(GalleryRow.columns, rows: [])
        for key: Key in [.enter, .down, .end, .pageUp] { #expect(table.handle(.key(key), &state, in: area) == nil) }
    }

    @Test func `letters are the filter's while it is typed`() {
        var state = TableState(cursor: 2)
        #expect(table.handle(.key("/"), &state, in: area) == nil)
        #expect(table.handle(.key("j"), &state, in: area) == .filtered)
        #expect(table.handle(.key("G"), &state, in: area) == .filtered)
        #expect(state.filter == "jG")
        #expect(state.cursor == 0)
        #expect(table.handle(.key(.enter), &state, in: area) == nil)
        #expect(!state.isFiltering)
        #expect(table.handle(.key(.escape), &state, in: area) == .filtered)
        #expect(state.filter.isEmpty)
    }

    @Test func `sorting goes through the columns and back to the given order`() {
        var state = TableState()
        let orders = (0..<4).map { _ in
            _ = table.handle(.key("s"), &state, in: area)
            return state.sort?.column
        }
        #expect(orders == ["Name", "State", "Rows", nil])
    }

    @Test func `rows are arranged by filter and order`() {
        func names(_ state: TableState) -> [String] {
            Table.arrange(GalleryRow.all, by: state, columns: GalleryRow.columns).map(\.name.sanitized)
        }
        #expect(names(TableState(filter: "HEART")) == ["heart-10", "heart-9"])
        #expect(names(TableState(filter: "heart run")) == ["heart-9"])
        #expect(names(TableState(sort: TableSort("Name"), filter: "heart")) == ["heart-9", "heart-10"])
        #expect(names(TableState(sort: TableSort("Rows", isDescending: true))).first == "heart-9")
    }

    @Test func `the mouse chooses, opens, sorts and scrolls`() {
        var state = TableState()
        #expect(table.handle(.click(x: 5, y: 3), &state, in: area) == .moved(2))
        #expect(table.handle(.click(x: 5, y: 3), &state, in: area) == .opened(2))
        #expect(table.handle(.click(x: 5, y: 9), &state, in: area) == nil)
        #expect(table.handle(.click(x: 3, y: 0), &state, in: area) == .sorted)
        #expect(table.handle(.click(x: 3, y: 0), &state, in: area) == .sorted)
        #expect(state.sort == TableSort("Name", isDescending: true))
        let wheel = Event.mouse(Mouse(.scrollUp, at: Point(x: 5, y: 5)))
        #expect(table.handle(wheel, &state, in: area) == .moved(0))
    }

    @Test(arguments: [(60, 3), (38, 3), (33, 2), (28, 2), (10, 2)])
    func `unimportant columns give way in a narrow table`(width: Int, shown: Int) {
        #expect(table.places(width: width).count == shown)
    }

    @Test(arguments: [
        ("v9", "v10", true), ("v10", "v9", false), ("a", "B", true), ("a", "a", false), ("a", "aa", true),
        ("01", "1", false),
        ("x2y", "x2z", true), ("99999999999999999999", "100000000000000000000", true),
    ])
    func `texts sort in natural order`(one: String, other: String, precedes: Bool) {
        #expect(one.naturallyPrecedes(other) == precedes)
    }

    @Test func `what a filter found is underlined, and n and N go round it`() {
        var canvas = Canvas(Size(width: 20, height: 4))
        let table = Table(
            [TableColumn<String>("Name", .fixed(12)) { $0 }],
            rows: ["Wein aus 日本", "wine", "rewined"]
        )
        var state = TableState(filter: "WEIN")
        table.draw(state, in: canvas.bounds, on: &canvas, theme: .test)
        #expect((0..<20).filter { canvas[$0, 1].style.attributes.contains(.underline) } == [2, 3, 4, 5])
        state = TableState(filter: "win")
        #expect(table.handle(.key("n"), &state, in: canvas.bounds) == .moved(1))
        #expect(table.handle(.key("N"), &state, in: canvas.bounds) == .moved(0))
        #expect(table.handle(.key("N"), &state, in: canvas.bounds) == .moved(2))
        #expect(table.handle(.key("n"), &state, in: canvas.bounds) == .moved(0))
        var unfiltered = TableState()
        #expect(table.handle(.key("n"), &unfiltered, in: canvas.bounds) == nil)
    }

    @Test func `rows are marked where they can be`() {
        var state = TableState()
        var table = Table([TableColumn<String>("Name", .fixed(12)) { $0 }], rows: ["a", "b", "c"])
        #expect(table.handle(.key(.space), &state, in: area) == nil)
        table.isMarked = { $0 == "b" }
        #expect(table.handle(.key(.space), &state, in: area) == .toggled(0))
        #expect(state.cursor == 1)
        #expect(table.handle(.key(Key(.down, .shift)), &state, in: area) == .marked(1...2))
        #expect(table.handle(.key("*"), &state, in: area) == .toggledAll)
        var canvas = Canvas(Size(width: 20, height: 4))
        table.draw(state, in: canvas.bounds, on: &canvas, theme: .test)
        #expect(canvas.plainText.contains(" ◆b"))
    }
}
