import BatchDomain
import FoundationEssentials
import TerminalKit
import TestSupport
import Testing

@testable import StudioUI

struct `A job's results` {
    private static let rows = Query.results(job: "five", offset: 0, limit: 200)

    @Test func `are what a completed job opens with, and are asked for once it is known`() {
        var studio = StudioBench()
        studio.open(.job("five"))
        studio.answer(.job("five"), .job(Samples.content(.completed)))
        #expect(studio.model.page?.memory.tab == JobPage.Tab.results.rawValue)
        #expect(studio.effects.contains(.fetch(Self.rows, screen: 2)))
        #expect(studio.effects.contains(.fetch(.profile(job: "five"), screen: 2)))
    }

    @Test(arguments: [JobState.running, .failed, .canceled])
    func `are not what others open with`(state: JobState) {
        var studio = StudioBench()
        studio.open(.job("five"))
        studio.answer(.job("five"), .job(Samples.content(state)))
        #expect(studio.model.page?.memory.tab == JobPage.Tab.overview.rawValue)
    }

    @Test func `do not take the place of the overview of a job that is watched until it completes`() {
        var studio = StudioBench()
        studio.open(.job("five"))
        studio.answer(.job("five"), .job(Samples.content()))
        studio.answer(.job("five"), .job(Samples.content(.completed)))
        #expect(studio.model.page?.memory.tab == JobPage.Tab.overview.rawValue)
    }

    @Test func `show the profile of the selected column`() {
        var studio = StudioBench()
        studio.openResults()
        #expect(studio.text.contains("confidence · number") && studio.text.contains("Median"))
        studio.press("<")
        #expect(studio.text.contains("prediction · text") && studio.text.contains("35 · 39 %"))
        studio.press("<", "<")
        #expect(studio.messages == ["This is the first column."])
        #expect(studio.text.contains("This column has no profile"))
    }

    @Test func `say how a missing profile is made`() {
        var studio = StudioBench()
        studio.open(.job("five"))
        studio.answer(.job("five"), .job(Samples.content(.completed)))
        studio.answer(Self.rows, .results(Samples.results()))
        let failure = Failure("read it", StudioError(.notFound, "Job five has no profile.", advice: "Make one."))
        studio.send(.message(.missed(.profile(job: "five"), screen: 2, failure, at: StudioBench.now)))
        #expect(studio.text.contains("Job five has no profile. Make one.") && studio.text.contains("wines-00.csv"))
        #expect(studio.messages.isEmpty)
    }

    @Test func `are searched in the whole file, forwards and backwards`() {
        var studio = StudioBench()
        studio.openResults()
        studio.press("/", "0", "3")
        let forward = Query.resultMatch(job: "five", text: "03", row: 0, isForward: true)
        #expect(studio.press(.enter) == [.fetch(forward, screen: 2)])
        studio.answer(forward, .resultMatch(text: "03", 27))
        #expect(studio.text.contains("row 27 of 89"))
        let backward = Query.resultMatch(job: "five", text: "03", row: 27, isForward: false)
        #expect(studio.press("N") == [.fetch(backward, screen: 2)])
        studio.answer(backward, .resultMatch(text: "03", nil))
        #expect(studio.text.contains("“03” is not in the rows above."))
        studio.press(.escape)
        #expect(studio.press("n").isEmpty && studio.way.last == "quirky_sponge_five")
    }

    @Test func `move to the row of a number, and ask for the rows around it`() {
        var studio = StudioBench()
        studio.open(.job("five"))
        studio.answer(.job("five"), .job(Samples.content(.completed)))
        var page = Samples.results()
        page.total = 1_000_000
        studio.answer(Self.rows, .results(page))
        studio.press("#", "5", "0", "0", "0", "0", "0")
        let effects = studio.press(.enter)
        #expect(effects == [.fetch(.results(job: "five", offset: 499_900, limit: 200), screen: 2)])
        #expect(studio.text.contains("row 500,000 of 1,000,000"))
        studio.press("#", "9", "9", "9", "9", "9", "9", "9", .enter)
        #expect(studio.text.contains("There is no row 9999999"))
    }

    @Test func `open a row beside the row of the input, and go from row to row`() {
        var studio = StudioBench()
        studio.openResults()
        studio.press(.down, .enter)
        #expect(studio.model.page?.route == .resultRow(job: "five", row: 1))
        studio.press("]")
        #expect(studio.model.page?.route == .resultRow(job: "five", row: 2))
        studio.answer(.resultRow(job: "five", row: 2), .resultRow(Samples.resultRow))
        #expect(studio.text.contains("Input, row 5 of wines-04.csv") && studio.text.contains("color_intensity"))
    }

    @Test func `keep columns that are wider than the window within reach`() {
        var studio = StudioBench(size: Size(width: 80, height: 24))
        studio.open(.job("five"))
        studio.answer(.job("five"), .job(Samples.content(.completed)))
        let columns = (0..<40).map { "feature_number_\($0)" }
        let rows = (0..<5).map { row in columns.map { "\($0)=\(row)" } }
        studio.answer(Self.rows, .results(OutputRows(columns: columns, first: 0, rows: rows, total: 5)))
        #expect(studio.text.contains("feature_number_0 ▾") && !studio.text.contains("feature_number_20"))
        for _ in 0..<20 { studio.press(">") }
        #expect(
            studio.text.contains("feature_number_20 ▾") && studio.text.contains("column feature_number_20, 21 of 40")
        )
    }

    @Test func `of a job without an output say why`() {
        let error = StudioError(.file, "The output of job five is gone.")
        let failure = Failure("read the output of job five", error)
        var fresh = StudioBench()
        fresh.open(.job("five"))
        fresh.answer(.job("five"), .job(Samples.content(.completed)))
        fresh.send(.message(.missed(Self.rows, screen: 2, failure, at: StudioBench.now)))
        #expect(fresh.text.contains("✗ The output of job five is gone."))
    }

    @Test func `of others reach the screen without commands`() {
        let evil = `Text of others`.evil
        var studio = StudioBench()
        studio.open(.job("five"))
        studio.answer(.job("five"), .job(Samples.content(.completed)))
        studio.answer(Self.rows, .results(OutputRows(columns: [evil], first: 0, rows: [[evil]], total: 1)))
        let column = ColumnProfile(classes: ["\(evil)": 1], named: evil)
        studio.answer(
            .profile(job: "five"),
            .profile(Profile(rows: 1, miniBatches: 1, made: .scoring, columns: [column]))
        )
        #expect(!studio.text.contains("\u{1b}") && !studio.text.contains("\u{9b}") && studio.text.contains("1 · 100 %"))
        let row = ResultRow(
            number: 0,
            columns: [evil],
            values: [evil],
            input: InputRow(file: evil, row: 0, cells: [InputRow.Cell(name: evil, value: evil)])
        )
        studio.press(.enter)
        studio.answer(.resultRow(job: "five", row: 0), .resultRow(row))
        #expect(!studio.text.contains("\u{1b}") && !studio.text.contains("\u{202e}"))
    }
}
