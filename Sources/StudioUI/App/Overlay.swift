import TerminalKit

/// The overlay of the page that has the keyboard.
enum Overlay: Equatable {
    /// A question of the page of a screen.
    case question(id: String, screen: Int, Dialog)
    /// Something to pick for the page of a screen.
    case choice(id: String, screen: Int, Picker)
    /// All commands and all objects by name.
    case palette(StudioPalette)
    /// The keys that work here.
    case help(HelpPanel)
    /// The themes, shown as one moves; the one to return to.
    case themes(Picker, before: String)
}
