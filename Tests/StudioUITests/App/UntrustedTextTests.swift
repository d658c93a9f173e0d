import BatchDomain
import TerminalKit
import Testing

@testable import StudioUI

struct `Text of others` {
    static let evil = "a\u{1b}[2J\u{1b}]0;owned\u{7}\u{202e}b\u{9b}31m\u{2066}\u{200f}\rc"

    @Test func `reaches the screen without commands, wherever it stands`() {
        var endpoint = Samples.endpoint
        endpoint.description = Self.evil
        endpoint.tags = [Self.evil: Self.evil]
        var studio = StudioBench()
        studio.open(.endpoint(Self.evil))
        studio.answer(.endpoint(Self.evil), .endpoint(endpoint, Samples.deployments))
        studio.send(.message(.failed(Failure("try", text: Self.evil), at: StudioBench.now)))
        expectHarmless(studio)
        studio.press("D")
        expectHarmless(studio)
        studio.press(.escape, "ctrl+l")
        expectHarmless(studio)
    }

    @Test func `of jobs and their logs does so too`() {
        var failure = Samples.failures[0]
        failure.file = Self.evil
        failure.message = Self.evil
        failure.traceback = Self.evil
        var studio = StudioBench()
        studio.open(.job("five"))
        studio.answer(.job("five"), .job(Samples.content()))
        studio.press(.tab)
        studio.answer(Samples.window([Samples.line(0, Self.evil, .output(worker: 1))]))
        expectHarmless(studio)
        studio.press(.tab)
        let query = Query.failures(job: "five", offset: 0, limit: 200)
        studio.answer(query, .failures(offset: 0, [failure]))
        expectHarmless(studio)
        studio.press(.enter)
        studio.answer(.failure(job: "five", miniBatch: failure.miniBatch, file: failure.file), .failure(failure))
        expectHarmless(studio)
    }

    @Test func `of millions of characters is cut, and says so`() {
        var details = DetailLines()
        details.field("Description", String(repeating: "x", count: 4_000_000))
        let lines = details.lines(width: 100, theme: StudioBench().model.themes.theme)
        #expect(lines.count < 300)
        #expect(lines.last?.last?.text.contains(" 3980000 bytes") == true)
    }

    @Test func `of a model's files does so too`() {
        let text = Self.evil
        var model = Samples.models[0]
        model.description = text
        model.tags = [text: text]
        model.source = text
        model.mlflow?.mlflowVersion = text
        model.mlflow?.runID = text
        model.mlflow?.flavors = [
            MLflowModel.Flavor(name: text, attributes: [MLflowModel.Attribute(key: text, value: text)])
        ]
        for index in model.mlflow?.signature?.inputs.indices ?? 0..<0 {
            model.mlflow?.signature?.inputs[index].name = text
            model.mlflow?.signature?.inputs[index].type = text
        }
        var studio = StudioBench()
        studio.open(.model(model.id))
        let content = ModelContent(model: model, versions: [model], users: [])
        studio.answer(.model(model.id), .model(content))
        #expect(studio.text.contains("owned"))
        expectHarmless(studio)
        for _ in 0..<3 {
            studio.press(.tab)
            expectHarmless(studio)
        }
    }

    @Test func `of predictions does so too`() {
        var preview = Samples.preview
        preview.columns[0].name = Self.evil
        for row in preview.rows.indices { preview.rows[row][0] = Self.evil }
        var studio = StudioBench()
        studio.open(.output(job: "five", file: preview.file))
        studio.answer(.preview(file: preview.file, job: "five"), .preview(preview))
        #expect(studio.text.contains("owned"))
        expectHarmless(studio)
    }

    private func expectHarmless(_ studio: StudioBench, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
        let commands = studio.canvas.cells.flatMap { $0.glyph.unicodeScalars }.filter { scalar in
            scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) || (0x202a...0x202e).contains(scalar.value)
                || (0x2066...0x2069).contains(scalar.value) || (0x200e...0x200f).contains(scalar.value)
        }
        #expect(commands.isEmpty, sourceLocation: sourceLocation)
    }
}
