/// A terminal program: a value that changes with its inputs, and draws itself.
///
/// Both without side effects.
package protocol Program: SendableMetatype {
    /// The report of finished work.
    associatedtype Message: Sendable
    /// An effect that `update` requests.
    associatedtype Effect
    /// A source that the program listens to while it names it: a change feed, the end of a log.
    associatedtype Subscription: Hashable & Sendable = Never

    /// Takes in what happened and asks for effects. The first input is a `resize` with the size.
    mutating func update(_ input: Input<Message>) -> [Effect]
    /// Draws everything.
    func draw(on canvas: inout Canvas)
    /// The sources to listen to now; started and stopped by difference after every update.
    var subscriptions: Set<Subscription> { get }
    /// The time between two ticks, at least an eighth of a second; nil while nothing on screen moves by itself.
    var tick: Duration? { get }
}

extension Program {
    package var subscriptions: Set<Subscription> { [] }
    package var tick: Duration? { nil }
}

/// The input of a program.
package enum Input<Message> {
    /// A user or the terminal did something.
    case event(Event)
    /// Work outside has something to say.
    case message(Message)
    /// Time has passed since the last tick, or since the program first requested one.
    case tick(elapsed: Duration)
}

extension Input: Equatable where Message: Equatable {}
extension Input: Sendable where Message: Sendable {}
