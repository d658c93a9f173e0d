/// A terminal program: a value that changes by what it is told, and draws itself.
///
/// Both without side effects.
package protocol Program: SendableMetatype {
    /// What finished work reports.
    associatedtype Message: Sendable
    /// What `update` asks to be done outside.
    associatedtype Effect
    /// What the program listens to as long as it says so: a change feed, the end of a log.
    associatedtype Subscription: Hashable & Sendable = Never

    /// Takes in what happened and asks for effects. The first input is a `resize` that tells the size.
    mutating func update(_ input: Input<Message>) -> [Effect]
    /// Draws everything.
    func draw(on canvas: inout Canvas)
    /// What to listen to now; starts and stops by difference after every update.
    var subscriptions: Set<Subscription> { get }
    /// How often a `pulse` is wanted, at most 8 times a second; nil while nothing on screen moves by itself.
    var pulse: Duration? { get }
}

extension Program {
    package var subscriptions: Set<Subscription> { [] }
    package var pulse: Duration? { nil }
}

/// What a program is told.
package enum Input<Message> {
    /// A person or the terminal did something.
    case event(Event)
    /// Work outside has something to say.
    case message(Message)
    /// Time went by since the last pulse, or since the program first asked for one.
    case pulse(elapsed: Duration)
}

extension Input: Equatable where Message: Equatable {}
extension Input: Sendable where Message: Sendable {}
