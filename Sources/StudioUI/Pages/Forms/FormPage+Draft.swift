import BatchDomain
import FoundationEssentials
import TerminalKit

extension FormPage {
    /// Where the draft is kept.
    var draftKey: String { "draft.form.\(route)" }

    /// Keeps what was entered, whatever the way the page is left.
    var parting: [Request] {
        guard kept == nil, hasSomethingToLose else { return [] }
        let texts = Dictionary(form.fields.map { ($0.id, form.text($0.id)) }) { first, _ in first }
            // Secrets are never written as they are.
            .filter { !SecretName.isSecret($0.key) }
        guard let data = try? JSONEncoder().encode(texts) else { return [] }
        let toast = Toast("Draft kept: “\(title)” offers it when it is opened again.")
        return [.keep(String(decoding: data, as: UTF8.self), key: draftKey), .say(toast)]
    }

    /// The values of a draft; nil where an older studio wrote it otherwise.
    static func texts(of draft: String?) -> [String: String]? {
        draft.flatMap { try? JSONDecoder().decode([String: String].self, from: Data($0.utf8)) }
    }

    /// Asks what to do with the draft of an earlier visit.
    var askAboutKept: [Request] {
        let dialog = Dialog(
            "A draft is kept",
            "You left this form before you had finished it.",
            [DialogButton("continue", "Continue draft"), DialogButton("again", "Start again", isDangerous: true)]
        )
        return [.ask(id: "kept", dialog)]
    }
}

extension Form {
    /// Puts a text into a field of any kind; a value that a choice does not have is left out.
    mutating func fill(_ id: String, _ text: String) {
        switch self[id]?.content {
        case .text: self[id]?.content = .text(text)
        case .integer(_, let range): self[id]?.content = .integer(TextInput(text), range)
        case .choice(let options, _):
            if options.contains(where: { $0.id == text }) { self[id]?.content = .choice(options, selected: text) }
        case .pairs: self[id]?.content = .pairs(TextArea(text))
        case .toggle: self[id]?.content = .toggle(text == "true")
        case .readOnly, nil: break
        }
    }
}
