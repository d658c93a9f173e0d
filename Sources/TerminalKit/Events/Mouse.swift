/// Something done with the mouse, at a cell.
package struct Mouse: Hashable, Sendable {
    /// The buttons that a terminal distinguishes.
    package enum Button: Hashable, Sendable {
        case left, middle, right
    }

    /// The action.
    package enum Action: Hashable, Sendable {
        /// A button went down.
        case press(Button)
        /// A button came up.
        case release(Button)
        /// The mouse moved with a button down.
        case drag(Button)
        /// The wheel turned away from the hand.
        case scrollUp
        /// The wheel turned towards the hand.
        case scrollDown
    }

    /// The action.
    package var action: Action
    /// The cell it was done at.
    package var position: Point

    /// Does something at a cell.
    package init(_ action: Action, at position: Point) {
        self.action = action
        self.position = position
    }
}
