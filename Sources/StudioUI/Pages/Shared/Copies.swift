import TerminalKit

/// The texts that can be copied from a page, by kind.
struct Copies {
    private let items: [(what: String, text: String)]

    init(_ items: [(what: String, text: String)]) {
        self.items = items
    }

    /// The list to choose from.
    var picker: Picker {
        Picker(
            "Copy",
            items.map { item in
                let line = item.text.split(separator: "\n").first.map { String($0) } ?? ""
                return PickerItem(id: item.what, title: item.what, detail: line)
            }
        )
    }

    /// Copies what was chosen.
    func request(_ choice: String) -> [Request] {
        items.first { $0.what == choice }.map { [.copy($0.text, what: $0.what)] } ?? []
    }
}
