import TerminalKit

/// A change that was made and can be taken back for a while.
struct Undo: Equatable {
    /// How long.
    static let span = Duration.seconds(10)

    /// The activity that was done.
    let activity: String
    /// The change that takes it back.
    let useCase: UseCase
    /// How long it still can be.
    var remaining = Undo.span
}

extension UseCase {
    /// The change that takes this one back; nil where nothing does, or where more must be known.
    var undo: UseCase? {
        switch self {
        case .archiveAsset(let kind, let name, let isArchived): .archiveAsset(kind, name: name, !isArchived)
        case .archiveJob(let name, let isArchived): .archiveJob(name, !isArchived)
        case .setScheduleEnabled(let name, let isEnabled): .setScheduleEnabled(name, !isEnabled)
        case .each(let changes):
            changes.allSatisfy { $0.undo != nil } ? .each(changes.compactMap(\.undo)) : nil
        default: nil
        }
    }
}

extension AppModel {
    /// Offers to take back what was done, in the message line.
    mutating func offerUndo(of useCase: UseCase) {
        guard let undo = takeUndo(of: useCase) else { return }
        setUndo(undo)
        let key = keymap.bindings.first { $0.command == .undo }?.keys.first.map { "\($0)" } ?? ":"
        let done = toasts.current.map { $0.role == .success ? $0.text : "" } ?? ""
        let text = done.isEmpty ? undo.activity + ": done." : done
        show(Toast(text + " \(key) undoes it.", role: .success, lasting: Undo.span))
    }

    /// Takes the last change back.
    mutating func runUndo() -> [Effect] {
        guard let undo else { return [] }
        setUndo(nil)
        dismissToast()
        // No page: the one that asked for the change may be left.
        return perform(undo.useCase, screen: 0, isUndo: true)
    }
}
