import TerminalKit

extension AppModel {
    mutating func take(_ event: Event) -> [Effect] {
        switch event {
        case .resize(let size):
            return resize(size)
        case .terminate(let signal):
            end(by: signal)
            return quit()
        case .suspend:
            return [.suspend]
        case .focus(let isFocused):
            setFocus(isFocused)
            return []
        case .key(let key):
            return press(key)
        case .paste, .mouse:
            if overlay != nil { return handleOverlay(event) }
            return click(event) ?? pointAtPane(event)
                ?? updatePage { page, scene in page.handle(event, in: scene) ?? [] }
        }
    }

    private mutating func press(_ key: Key) -> [Effect] {
        let binding = keymap.binding(for: key, in: overlay == nil ? contexts : [])
        // These two work whatever lies on top.
        if let command = binding?.command, command == .quit || command == .suspend { return run(command) }
        if overlay != nil { return handleOverlay(.key(key)) }
        if page?.isTyping == true {
            if let effects = offer(.key(key)) { return effects }
            if key.typed != nil { return [] }
        }
        guard let binding else { return offer(.key(key)) ?? [] }
        return carryOut(binding)
    }

    /// Offers an event to the page; nil when it has no use for it.
    private mutating func offer(_ event: Event) -> [Effect]? {
        guard let screen = screens.last else { return nil }
        var wasUsed = false
        let effects = update(screen.id) { page, scene in
            guard let requests = page.handle(event, in: scene) else { return [] }
            wasUsed = true
            return requests
        }
        return wasUsed ? effects : nil
    }

    /// Does what a binding says, or says why not.
    mutating func carryOut(_ binding: Binding) -> [Effect] {
        // A filter or a search is taken away before the page is left.
        if binding.command == .back || binding.command == .leave, let effects = offer(.key(.escape)) { return effects }
        // On a first page there is nowhere to go back to, and nothing to be said about it.
        if binding.command == .back, screens.count <= 1 { return [] }
        if let reason = binding.refusal(self) {
            refuse(reason)
            return []
        }
        if let key = binding.passes { return offer(.key(key)) ?? [] }
        return run(binding.command)
    }

    /// The mouse in the frame around the page.
    private mutating func click(_ event: Event) -> [Effect]? {
        let layout = layout
        if event.click(in: layout.sections) != nil {
            var tabs = sectionTabs
            guard case .opened(let index)? = tabs.handle(event, in: layout.sections) else { return [] }
            return open(Section.allCases[index])
        }
        if let action = breadcrumbs.handle(event, in: layout.breadcrumbs) {
            switch action {
            case .open(let index): return goBack(to: index)
            }
        }
        // A message lies over the hints.
        guard toasts.isEmpty else { return nil }
        let bindings = hintBindings
        switch HintBar(hints(bindings)).handle(event, in: layout.hints) {
        case .chosen(let index)?: return carryOut(bindings[index])
        case nil: return nil
        }
    }
}
