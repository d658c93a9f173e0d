/// Something a user or the terminal did.
package enum Event: Hashable, Sendable {
    /// A key was pressed.
    case key(Key)
    /// Text was pasted, all of it in one event; line ends are `\n`.
    case paste(String)
    /// The mouse was used.
    case mouse(Mouse)
    /// The screen has a new size, or must be drawn again at the same one.
    case resize(Size)
    /// The terminal window came to the front, or left it.
    case focus(Bool)
    /// The session ends: the terminal was closed, or the process is asked to stop by this signal.
    case terminate(signal: Int32)
    /// Another process asked this one to stop for a while (`kill -TSTP`); ^Z arrives as the key `ctrl+z`.
    case suspend

    /// The left button pressed at a cell; shortens tests and hit checks.
    package static func click(x: Int, y: Int) -> Event {
        .mouse(Mouse(.press(.left), at: Point(x: x, y: y)))
    }

    /// The cell of a left button press inside an area.
    package func click(in area: Rect) -> Point? {
        guard case .mouse(let mouse) = self, mouse.action == .press(.left), area.contains(mouse.position) else {
            return nil
        }
        return mouse.position
    }

    /// Rows to move for a step of the wheel inside an area: negative is up.
    package func scroll(in area: Rect) -> Int? {
        guard case .mouse(let mouse) = self, area.contains(mouse.position) else { return nil }
        switch mouse.action {
        case .scrollUp: return -3
        case .scrollDown: return 3
        default: return nil
        }
    }
}
