import BatchDomain
import DisplayText
import TerminalKit

extension AppModel {
    func draw(on canvas: inout Canvas) {
        let layout = AppLayout(canvas.size)
        let theme = themes.theme
        canvas.fill(layout.whole, style: theme[.text])
        guard !layout.isTooSmall else {
            drawTooSmall(in: layout.whole, on: &canvas)
            return
        }
        drawHeader(in: layout.header, on: &canvas)
        sectionTabs.draw(in: layout.sections, on: &canvas, theme: theme)
        breadcrumbs.draw(in: layout.breadcrumbs, on: &canvas, theme: theme)
        if let page {
            page.draw(in: scene, on: &canvas)
            drawPane(on: &canvas)
        }
        HintBar(hints(hintBindings)).draw(in: layout.hints, on: &canvas, theme: theme)
        let moreKey = keymap.bindings.first { $0.command == .messages }?.keys.first?.description ?? ""
        toasts.draw(in: layout.hints, moreKey: moreKey, on: &canvas, theme: theme)
        drawOverlay(in: layout.whole, on: &canvas)
    }

    var breadcrumbs: Breadcrumbs { Breadcrumbs(screens.map(\.page.title)) }

    var sectionTabs: Tabs {
        var tabs = Tabs(Section.allCases.map(\.title), selected: (section ?? .home).tab, firstNumber: 0)
        tabs.shortTitles = Section.allCases.map(\.shortTitle)
        return tabs
    }

    private func drawTooSmall(in area: Rect, on canvas: inout Canvas) {
        let smallest = AppLayout.smallest
        let text =
            "This window is \(area.width)×\(area.height). The studio needs \(smallest.width)×\(smallest.height): "
            + "make it larger, or press q to leave."
        let lines = text.wrapped(to: max(1, area.width - 2))
        for (row, line) in lines.prefix(area.height).enumerated() {
            let y = max(0, (area.height - lines.count) / 2) + row
            canvas.line(line, in: area.row(y), style: themes.theme[.text], alignment: .center)
        }
    }

    private func drawHeader(in area: Rect, on canvas: inout Canvas) {
        let theme = themes.theme
        canvas.fill(area, style: theme.style(.text, on: .surface))
        let state = executorState
        let words = pendingChanges > 0 ? "working… · " + state.text : state.text
        let (left, right) = area.inset(horizontal: 1).splitRight(min(words.displayWidth, area.width - 16))
        canvas.line(words, in: right, style: theme.style(state.role, on: .surface), alignment: .trailing)
        let name = Span("batchstudio", theme.style(.title, on: .surface, .bold))
        let workspace = Span("  " + folder.name, theme.style(.muted, on: .surface))
        canvas.write([name, workspace], x: left.x, y: left.y, clip: left.splitRight(1).rest)
    }

    private var executorState: (text: String, role: Role) {
        guard let status else { return ("executor …", .muted) }
        let cores = " · " + Figures.count(status.cores, "core")
        let waiting = status.waiting > 0 ? " · waiting \(Figures.count(status.waiting))" : ""
        if status.hasExecutor {
            let work = status.running > 0 ? "● running \(status.running)" : "● ready"
            return ("executor \(work)\(waiting)\(cores)", status.running > 0 ? .running : .text)
        }
        if status.running + status.waiting > 0 { return ("executor ✗ stopped\(waiting)\(cores)", .warning) }
        return ("executor ○ asleep\(cores)", .muted)
    }

    private func drawOverlay(in area: Rect, on canvas: inout Canvas) {
        guard let overlay else { return }
        canvas.cursor = nil
        let theme = themes.theme
        switch overlay {
        case .question(_, _, let dialog): dialog.draw(in: area, on: &canvas, theme: theme)
        case .choice(_, _, let picker), .themes(let picker, _): picker.draw(in: area, on: &canvas, theme: theme)
        case .palette(let palette): palette.list.draw(in: area, on: &canvas, theme: theme)
        case .help(let panel): panel.draw(in: area, on: &canvas, theme: theme)
        }
    }
}
