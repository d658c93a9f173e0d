import TerminalKit

/// Stands where a page is still to be written.
struct UnbuiltPage: Page {
    let route: Route
    let title: String
    var contexts: [KeyContext] { [] }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        let line = scene.area.inset(horizontal: 2, vertical: 1)
        canvas.line("\(title) is not built yet. esc goes back.", in: line, style: scene.theme[.muted])
    }
}
