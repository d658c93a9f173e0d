import DisplayText
import TerminalKit

extension AppModel {
    /// Carries out a command; what is not the studio's own is the page's.
    mutating func run(_ command: Command) -> [Effect] {
        if let section = Section.allCases.first(where: { $0.command == command }) { return open(section) }
        switch command {
        case .quit:
            return quit()
        case .leave:
            return screens.count > 1 ? goBack() : quit()
        case .back:
            return goBack()
        case .suspend:
            return [.suspend]
        case .refresh:
            return refresh()
        case .messages:
            return page?.route == .messages ? [] : push(.messages)
        case .dismissToast:
            dismissToast()
            return []
        case .help:
            setOverlay(.help(HelpPanel(self)))
            return []
        case .palette:
            setOverlay(.palette(palette))
            return fetch(.objects, screen: 0) + fetch(.jobObjects(""), screen: 0)
        case .cyclePane:
            return cyclePane()
        case .previewDown:
            scrollPreview(by: .down)
            return []
        case .previewUp:
            scrollPreview(by: .up)
            return []
        case .undo:
            return runUndo()
        case .toggleNotifications:
            setNotifies(!notifies)
            show(
                Toast(notifies ? "The end of a job rings and is reported." : "The end of a job is no longer reported.")
            )
            return [.chooseNotifications(notifies)]
        case .chooseTheme:
            setOverlay(.themes(themes.picker, before: themes.current))
            return []
        default:
            return updatePage { page, scene in page.run(command, in: scene) }
        }
    }

    private var palette: StudioPalette {
        let bindings = keymap.bindings(in: contexts).filter { $0.isVisible(self) && $0.command != .palette }
        return StudioPalette(
            bindings.map { binding in
                PaletteCommand(
                    id: binding.command.rawValue,
                    title: binding.title,
                    keys: binding.keyText,
                    disabledReason: binding.refusal(self)
                )
            }
        )
    }

    /// The bindings that the hint bar has room for, the most useful first and those that can't be carried out last.
    ///
    /// Help stays, whatever has to go. There are none before the first page is there to take keys.
    var hintBindings: [Binding] {
        guard page != nil else { return [] }
        let all = keymap.bindings(in: contexts)
            .filter { $0.hint != nil && $0.isVisible(self) && !activeKeys(of: $0).isEmpty }
            .enumerated()
            .map { (isRefused: $0.element.refusal(self) == nil ? 0 : 1, offset: $0.offset, binding: $0.element) }
            .sorted {
                ($0.isRefused, $0.binding.hint ?? 0, $0.offset) < ($1.isRefused, $1.binding.hint ?? 0, $1.offset)
            }
            .map(\.binding)
        func width(_ binding: Binding) -> Int {
            (activeKeys(of: binding).first?.description.displayWidth ?? 0) + 1 + binding.title.displayWidth + 3
        }
        let help = all.filter { $0.command == .help }
        var room = layout.hints.width - 2 - help.reduce(0) { $0 + width($1) }
        return all.filter { $0.command != .help }.prefix { binding in
            room -= width(binding)
            return room >= -3
        } + help
    }

    /// The keys of a binding that mean it now: letters are text while one types.
    func activeKeys(of binding: Binding) -> [Key] {
        let keys = keymap.keys(of: binding, in: contexts)
        return page?.isTyping == true ? keys.filter { $0.typed == nil } : keys
    }

    /// The hints of bindings.
    func hints(_ bindings: [Binding]) -> [Hint] {
        bindings.map { binding in
            let key = activeKeys(of: binding).first.map(\.description) ?? ""
            return Hint(key, binding.title, isEnabled: binding.refusal(self) == nil)
        }
    }
}
