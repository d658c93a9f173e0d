import TerminalKit

extension AppModel {
    /// Lets what lies on top have an event.
    mutating func handleOverlay(_ event: Event) -> [Effect] {
        let area = layout.whole
        switch overlay {
        case .question(let id, var dialog):
            let action = dialog.handle(event, in: area)
            overlay = .question(id: id, dialog)
            return answer(action, to: id)
        case .choice(let id, var picker):
            let action = picker.handle(event, in: area)
            overlay = .choice(id: id, picker)
            return answer(action, to: id)
        case .palette(var palette):
            let action = palette.handle(event, in: area)
            overlay = .palette(palette)
            return follow(action)
        case .help(var panel):
            overlay = panel.handle(event, in: area) ? .help(panel) : nil
            return []
        case .themes(var picker, let before):
            let action = picker.handle(event, in: area)
            overlay = .themes(picker, before: before)
            return preview(action, before: before)
        case nil:
            return []
        }
    }

    private mutating func answer(_ action: Dialog.Action?, to question: String) -> [Effect] {
        guard let action else { return [] }
        overlay = nil
        guard case .chosen(let button) = action else { return [] }
        return tellPage { page, _ in page.answer(question, button) }
    }

    private mutating func answer(_ action: Picker.Action?, to question: String) -> [Effect] {
        switch action {
        case .picked(let item):
            overlay = nil
            return tellPage { page, _ in page.answer(question, item) }
        case .cancelled:
            overlay = nil
            return []
        case .highlighted, nil:
            return []
        }
    }

    private mutating func follow(_ action: CommandPalette.Action?) -> [Effect] {
        switch action {
        case .run(let id):
            overlay = nil
            let binding = keymap.bindings(in: contexts).first { $0.command.rawValue == id }
            return binding.map { carryOut($0) } ?? []
        case .refused(let reason):
            toasts.show(Toast(reason, role: .warning))
            return []
        case .cancelled:
            overlay = nil
            return []
        case nil:
            return []
        }
    }

    private mutating func preview(_ action: Picker.Action?, before: String) -> [Effect] {
        switch action {
        case .highlighted(let slug):
            themes.current = slug
            return []
        case .picked(let slug):
            themes.current = slug
            overlay = nil
            return [.chooseTheme(slug)]
        case .cancelled:
            themes.current = before
            overlay = nil
            return []
        case nil:
            return []
        }
    }
}
