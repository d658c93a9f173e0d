import TerminalKit

/// The request of a page to the studio.
enum Request: Equatable {
    /// Open a page on top of this one.
    case open(Route)
    /// Open a tab of a page on top of this one.
    case openTab(Route, Int)
    /// Open a page in the place of this one.
    case replace(Route)
    /// Open a page on top of the first page of a section, whatever was open.
    case go(Section, then: [Route] = [])
    /// Go back to the page below.
    case back
    /// Ask the workspace.
    case fetch(Query)
    /// Change the workspace.
    case perform(UseCase)
    /// Change the workspace in a way that another change takes back.
    case performUndoable(UseCase, undo: UseCase)
    /// Ask the user; the button comes back as `answer(id, button)`.
    case ask(id: String, Dialog)
    /// Let the user pick; the item comes back as `answer(id, item)`.
    case offer(id: String, Picker)
    /// Show a message for a while.
    case say(Toast)
    /// Copy a text to the clipboard; `what` names it in the message.
    case copy(String, what: String)
    /// Show a file in the pager.
    case read(file: String)
    /// Show a file in the desktop's browser, where there is a desktop.
    case browse(file: String)
    /// Keep a text in the workspace for this page, a draft for example; nil forgets it.
    case keep(String?, key: String)
    /// Ask for what was kept; it comes as `Content.kept`.
    case recall(key: String)
}
