import TerminalKit

/// What is known for the previews of a page: asked for one at a time, so that moving fast through a list asks for the last row only.
struct PreviewState {
    /// Maximum contents that are kept.
    private static let capacity = 64

    private var contents: [PreviewSubject: PreviewContent] = [:]
    /// The subjects of the contents, the one asked for last at the end.
    private var order: [PreviewSubject] = []
    /// The subjects whose content is outdated or missing although it was asked for.
    private var outdated: Set<PreviewSubject> = []
    /// Why a subject has no content.
    private(set) var failure: (subject: PreviewSubject, text: String)?
    private var underway: PreviewSubject?
    private(set) var pane = TextPane()
    private var shown: PreviewSubject?

    /// The content of a subject, as it was known last.
    subscript(subject: PreviewSubject) -> PreviewContent? { contents[subject] }

    /// Returns whether a subject is to be asked for now.
    mutating func begin(_ subject: PreviewSubject) -> Bool {
        if shown != subject { (shown, pane) = (subject, TextPane()) }
        guard underway == nil, failure?.subject != subject else { return false }
        guard contents[subject] == nil || outdated.contains(subject) else { return false }
        underway = subject
        outdated.remove(subject)
        return true
    }

    /// Takes what was found.
    mutating func receive(_ content: PreviewContent, of subject: PreviewSubject) {
        end(subject)
        failure = nil
        contents[subject] = content
        order.removeAll { $0 == subject }
        order.append(subject)
        if order.count > Self.capacity { contents[order.removeFirst()] = nil }
    }

    /// Takes why nothing was found.
    mutating func miss(_ subject: PreviewSubject, _ text: String) {
        end(subject)
        failure = (subject, text)
    }

    private mutating func end(_ subject: PreviewSubject) {
        if underway == subject { underway = nil }
    }

    /// The workspace has changed: what is known stays on the screen until it is known again.
    mutating func expire() {
        outdated = Set(order)
        if let underway { outdated.insert(underway) }
        failure = nil
    }

    /// Scrolls the text; returns whether the event was used.
    mutating func scroll(_ event: Event, _ lines: DetailLines, in scene: Scene) -> Bool {
        pane.handle(event, lines, in: scene)
    }
}
