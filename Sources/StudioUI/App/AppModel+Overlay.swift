import TerminalKit

extension AppModel {
    /// Lets what lies on top have an event.
    mutating func handleOverlay(_ event: Event) -> [Effect] {
        let area = layout.whole
        switch overlay {
        case .question(let id, let screen, var dialog):
            let action = dialog.handle(event, in: area)
            setOverlay(.question(id: id, screen: screen, dialog))
            return answer(action, to: id, of: screen)
        case .choice(let id, let screen, var picker):
            let action = picker.handle(event, in: area)
            setOverlay(.choice(id: id, screen: screen, picker))
            return answer(action, to: id, of: screen)
        case .palette(var palette):
            let typed = palette.list.query
            let action = palette.list.handle(event, in: area)
            setOverlay(.palette(palette))
            let text = palette.list.query
            return (text == typed ? [] : fetch(.jobObjects(text), screen: 0)) + follow(action, in: palette)
        case .help(var panel):
            setOverlay(panel.handle(event, in: area) ? .help(panel) : nil)
            return []
        case .themes(var picker, let before):
            let action = picker.handle(event, in: area)
            setOverlay(.themes(picker, before: before))
            return preview(action, before: before)
        case nil:
            return []
        }
    }

    private mutating func answer(_ action: Dialog.Action?, to question: String, of screen: Int) -> [Effect] {
        guard let action else { return [] }
        setOverlay(nil)
        guard case .chosen(let button) = action else { return [] }
        return update(screen) { page, _ in page.answer(question, button) }
    }

    private mutating func answer(_ action: Picker.Action?, to question: String, of screen: Int) -> [Effect] {
        switch action {
        case .picked(let item):
            setOverlay(nil)
            return update(screen) { page, _ in page.answer(question, item) }
        case .cancelled:
            setOverlay(nil)
            return []
        case .highlighted, nil:
            return []
        }
    }

    private mutating func follow(_ action: CommandPalette.Action?, in palette: StudioPalette) -> [Effect] {
        switch action {
        case .run(let id):
            setOverlay(nil)
            if let object = palette.object(id) {
                return object.route == page?.route ? [] : push(object.route, memory: object.memory)
            }
            let binding = keymap.bindings(in: contexts).first { $0.command.rawValue == id }
            return binding.map { carryOut($0) } ?? []
        case .refused(let reason):
            refuse(reason)
            return []
        case .cancelled:
            setOverlay(nil)
            return []
        case nil:
            return []
        }
    }

    private mutating func preview(_ action: Picker.Action?, before: String) -> [Effect] {
        switch action {
        case .highlighted(let slug):
            show(theme: slug)
            return []
        case .picked(let slug):
            show(theme: slug)
            setOverlay(nil)
            return [.chooseTheme(slug)]
        case .cancelled:
            show(theme: before)
            setOverlay(nil)
            return []
        case nil:
            return []
        }
    }
}
