import BatchDomain
import TerminalKit
import TerminalTestSupport
import Testing

@testable import StudioUI

struct `The way through the pages` {
    @Test func `begins at the home page and asks for it`() {
        let studio = StudioBench(opensHome: true)
        #expect(studio.way == ["Home"])
        #expect(studio.effects.contains(.fetch(.home, screen: 1)))
        #expect(studio.effects.contains(.fetch(.diskUse, screen: 1)))
        #expect(studio.effects.contains(.recallSession))
    }

    @Test func `shows no keys before the first page is there to take them`() {
        var model = AppModel(
            folder: WorkspaceFolder(path: "/workspaces/default"),
            themes: ThemeCatalog.load(folder: nil, colors: .direct, current: "dark"),
            now: StudioBench.now
        )
        _ = model.update(.event(.resize(Size(width: 120, height: 36))))
        #expect(model.hintBindings.isEmpty)
        _ = model.update(.message(.recalled(session: nil, at: StudioBench.now)))
        #expect(model.hintBindings.contains { $0.command == .help })
    }

    @Test func `enter opens the chosen row, esc goes back to it`() {
        var studio = StudioBench()
        studio.answer(.endpoints, .endpoints(Samples.endpoints))
        studio.press("j", "k", .enter)
        #expect(studio.way == ["Endpoints", "wine-growers"])
        studio.press(.escape)
        #expect(studio.way == ["Endpoints"])
    }

    @Test(arguments: zip(["0", "1", "2", "3", "4", "5", "6", "7", "8"] as [Key], Section.allCases))
    func `digits open sections`(key: Key, section: Section) {
        var studio = StudioBench()
        studio.open(.job("five"))
        studio.press(key)
        #expect(studio.way == [section.title])
    }

    @Test func `a click on a section, a breadcrumb, a hint does what their keys do`() {
        var studio = StudioBench()
        studio.send(.event(.click(x: 25, y: 1)))
        #expect(studio.way == ["Models"])
        studio.open(.registerModel)
        studio.send(.event(.click(x: 2, y: 2)))
        #expect(studio.way == ["Models"])
        studio.send(.event(.click(x: 3, y: 35)))
        #expect(studio.way == ["Models", "Register model"])
    }

    @Test func `a form with work in it is kept when the mouse leaves it, and offered again`() throws {
        var studio = StudioBench()
        studio.open(.registerModel)
        studio.press("x")
        studio.send(.event(.click(x: 25, y: 1)))
        #expect(studio.way == ["Models"])
        let key = try #require(StudioBench.formKey(.registerModel))
        let text = try #require(studio.kept(key).last ?? nil)
        studio.open(.registerModel)
        studio.answer(.kept(key: key), .kept(key: key, text))
        #expect(studio.text.contains("[ Continue draft ]  [ Start again ]"))
        studio.press(.enter)
        #expect((studio.model.page as? FormPage)?.form.fields.contains { $0.content == .text("x") } == true)
    }

    @Test func `a form without work in it is left without a draft`() throws {
        var studio = StudioBench()
        studio.open(.registerModel)
        studio.press(.escape)
        #expect(studio.kept(try #require(StudioBench.formKey(.registerModel))).isEmpty)
    }

    @Test func `q leaves from a first page and keeps the way`() {
        var studio = StudioBench()
        let effects = studio.press("q")
        #expect(effects.contains(.quit))
        #expect(effects.contains(studio.model.keepSession))
    }

    @Test func `the last session is opened again with what was chosen`() throws {
        var first = StudioBench()
        first.answer(.endpoints, .endpoints(Samples.endpoints))
        first.press("j", .escape)
        guard case .keep(let text?, let key) = first.model.keepSession else {
            Issue.record("nothing is kept")
            return
        }
        #expect(key == Session.key)
        var second = AppModel(
            folder: first.model.folder,
            themes: ThemeCatalog.load(folder: nil, colors: .direct, current: nil),
            now: StudioBench.now
        )
        _ = second.update(.event(.resize(Size(width: 80, height: 24))))
        _ = second.update(.message(.recalled(session: text, at: StudioBench.now)))
        let content = Content.endpoints(Samples.endpoints)
        _ = second.update(.message(.fetched(.endpoints, screen: 1, content, at: StudioBench.now)))
        var canvas = Canvas(second.size)
        second.draw(on: &canvas)
        #expect(canvas.plainText.contains("▸ taxi-tips"))
    }

    @Test func `a session that cannot be read starts empty`() {
        #expect(Session(text: "{") == nil)
    }
}
