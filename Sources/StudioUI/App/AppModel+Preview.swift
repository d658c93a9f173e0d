import DisplayText
import TerminalKit

extension AppModel {
    /// The place of the preview in this window.
    var panePlacement: PanePlacement {
        guard page?.hasPreview == true, size.width >= PanePlacement.minWidth else { return .off }
        return paneChoice ?? .automatic(in: size)
    }

    var paneLayout: PaneLayout { PaneLayout(layout.body, panePlacement, share: page?.paneShare ?? 45) }

    /// The part of the pane that holds its text.
    private var paneScene: Scene {
        let pane = paneLayout.pane
        let inside = panePlacement == .right ? pane.inset(horizontal: 1).splitTop(1).rest : pane.inset(horizontal: 2)
        return scene.at(inside)
    }

    /// The text of the preview; nil where no row is selected.
    private var previewLines: DetailLines? {
        guard panePlacement != .off, let screen = screens.last, let preview = screen.page.preview else { return nil }
        var lines = preview.lines(preview.subject.flatMap { screen.preview[$0] }, scene)
        if let failure = screen.preview.failure, failure.subject == preview.subject {
            lines.blank()
            lines.text("✗ " + failure.text, role: .error)
        }
        return lines
    }

    /// The subject of the preview that is shown; nil where there is none.
    var previewSubject: PreviewSubject? { panePlacement == .off ? nil : page?.preview?.subject }

    /// Moves the preview to its next place, which is kept.
    mutating func cyclePane() -> [Effect] {
        choosePane(panePlacement.next)
        return [keepSession]
    }

    /// Scrolls the preview by keys of the list that it belongs to.
    mutating func scrollPreview(by key: Key) {
        guard let lines = previewLines else { return }
        let scene = paneScene
        _ = updatePreview { $0.scroll(.key(key), lines, in: scene) }
    }

    /// The mouse within the pane: the wheel scrolls it; nil where the mouse is elsewhere.
    mutating func pointAtPane(_ event: Event) -> [Effect]? {
        guard case .mouse(let mouse) = event, !paneLayout.page.contains(mouse.position),
            layout.body.contains(mouse.position)
        else { return nil }
        guard let lines = previewLines else { return [] }
        let scene = paneScene
        _ = updatePreview { $0.scroll(event, lines, in: scene) }
        return []
    }

    func drawPane(on canvas: inout Canvas) {
        let places = paneLayout
        guard !places.pane.isEmpty else { return }
        let theme = themes.theme
        let title = page?.preview?.title ?? ""
        if panePlacement == .right {
            canvas.fill(places.divider, style: theme[.border], glyph: "│")
            canvas.line(title, in: places.pane.row(0).inset(horizontal: 1), style: theme.style(.title, .bold))
        } else {
            canvas.fill(places.divider, style: theme[.border], glyph: "─")
            let name = title.fitted(to: max(0, places.divider.width - 8))
            if !name.isEmpty {
                canvas.write(
                    " \(name) ",
                    x: places.divider.x + 3,
                    y: places.divider.y,
                    style: theme.style(.title, .bold)
                )
            }
        }
        guard let lines = previewLines, let pane = screens.last?.preview.pane else { return }
        let scene = paneScene
        pane.draw(lines.lines(width: scene.area.width, theme: theme), in: scene.area, on: &canvas, theme: theme)
    }
}
