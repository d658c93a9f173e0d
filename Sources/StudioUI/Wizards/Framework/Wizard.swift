/// The content of a wizard: one draft, and steps that are views on it.
///
/// `WizardPage` does everything that all wizards have in common.
protocol Wizard {
    /// Everything that was entered; what it holds survives steps, crashes and the end of the studio.
    associatedtype Draft: Codable, Equatable

    var draft: Draft { get set }
    /// Where it is.
    var route: Route { get }
    /// Its title in the breadcrumbs.
    var title: String { get }
    /// The titles of the steps; the last one is the review.
    var steps: [String] { get }
    /// The step that it begins at; the ones before are given.
    var start: Int { get }
    /// Where the draft is kept.
    var draftKey: String { get }
    /// The choices.
    var queries: [Query] { get }

    /// The questions about the answers, asked when a field or a step is left; each question once.
    mutating func questions(in step: Int) -> [Query]
    /// Hears that a question of its own found nothing; false when it is none of its own.
    mutating func miss(_ query: Query, _ failure: Failure) -> Bool

    /// Takes what there is to choose from; may fill in what follows from it.
    mutating func receive(_ content: Content)
    /// The fields of a step with the draft's values in them.
    func fields(of step: Int) -> [WizardField<Draft>]
    /// The notes of a step besides its fields.
    func notes(of step: Int) -> [String]
    /// The verdict on a step's answers; nil where nothing is checked.
    func verdict(of step: Int) -> WizardVerdict?
    /// Returns whether the answers so far leave anything to do in a step.
    func isNeeded(_ step: Int) -> Bool
    /// Everything that is wrong, in the order of the steps, by the rules of the domain.
    var problems: [WizardProblem] { get }
    /// Puts in order what depends on an answer that has changed; says what was reset.
    mutating func normalize(from old: Draft) -> [String]
    /// A text that a choice offers to read; nil when the choice is one of the draft's.
    func reading(_ choice: String) -> WizardReading?
    /// The same as commands, to copy.
    var script: String { get }
    /// The verb of the last button.
    var verb: String { get }
    /// The use case that creates it.
    var useCase: UseCase { get }
    /// Goes to what was created.
    func open(_ outcome: Outcome) -> [Request]
    /// What the answers of a step mean, beside it; nil where there is nothing to show.
    func preview(of step: Int) -> Preview?
    /// The check of a step against the workspace, which it passes before it counts as done; nil where its problems are known without.
    func check(of step: Int) -> DraftCheck?
    /// The fields that a failure is about.
    func problems(of failure: Failure) -> [WizardProblem]
}

extension Wizard {
    mutating func questions(in step: Int) -> [Query] { [] }
    mutating func miss(_ query: Query, _ failure: Failure) -> Bool { false }
    func notes(of step: Int) -> [String] { [] }
    func verdict(of step: Int) -> WizardVerdict? { nil }
    func preview(of step: Int) -> Preview? { nil }
    func check(of step: Int) -> DraftCheck? { nil }
    func isNeeded(_ step: Int) -> Bool { true }
    func reading(_ choice: String) -> WizardReading? { nil }

    var start: Int { 0 }

    /// The last step, which shows everything.
    var review: Int { steps.count - 1 }
}

/// Something wrong with a field of a step.
struct WizardProblem: Equatable {
    var step: Int
    var field: String
    /// Value, rule and example.
    var text: String
}

/// A text to read inside a wizard.
struct WizardReading: Equatable {
    var title: String
    var text: String
}
