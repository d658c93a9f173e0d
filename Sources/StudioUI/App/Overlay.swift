import TerminalKit

/// The overlay of the page that has the keyboard.
enum Overlay: Equatable {
    /// A question of the page.
    case question(id: String, Dialog)
    /// Something to pick for the page.
    case choice(id: String, Picker)
    /// All commands and all objects by name.
    case palette(StudioPalette)
    /// The keys that work here.
    case help(HelpPanel)
    /// The themes, shown as one moves; the one to return to.
    case themes(Picker, before: String)
}
