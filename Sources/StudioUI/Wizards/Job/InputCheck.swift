import BatchDomain

/// The check of a job's input against its model; no job waits for it.
struct InputCheck {
    private enum Stage {
        case reading
        case done(DataPreview)
        case failed(String)
    }

    private var request: DataPreviewRequest?
    private var stage = Stage.reading

    /// The question that is to be asked; nil when it was asked already.
    mutating func ask(_ request: DataPreviewRequest?) -> DataPreviewRequest? {
        guard let request, request != self.request else { return nil }
        (self.request, stage) = (request, .reading)
        return request
    }

    /// Takes an answer; one to an earlier question says nothing any more.
    mutating func receive(_ request: DataPreviewRequest, _ preview: DataPreview) {
        if request == self.request { stage = .done(preview) }
    }

    /// Receives the reason why the input can't be read.
    mutating func miss(_ request: DataPreviewRequest, _ text: String) {
        if request == self.request { stage = .failed(text) }
    }

    /// The result of a request, in lines.
    func notes(of request: DataPreviewRequest?) -> [String] {
        guard let request else { return [] }
        guard request == self.request else { return ["○ The input is checked when you leave the field."] }
        switch stage {
        case .reading: return ["● Checking the input…"]
        case .failed(let text): return ["The input can't be checked. \(text)"]
        case .done(let preview): return Self.notes(of: preview, model: request.model?.name ?? "the model")
        }
    }

    private static func notes(of preview: DataPreview, model: String) -> [String] {
        let complaints = preview.complaints.map { "✗ " + $0 }
        let verdict = preview.isFit ? [verdict(fed: preview.fed, model: model)] : []
        return verdict + complaints + ["Format: \(preview.format)"] + preview.notes.map { "! " + $0 }
    }

    private static func verdict(fed: Int, model: String) -> String {
        switch fed {
        case 0: "✓ The input can be read."
        case 1: "✓ The input fits: 1 column feeds \(model)."
        default: "✓ The input fits: \(fed) columns feed \(model)."
        }
    }
}

extension InputCheck {
    /// The head of the input and how it fits; nil until it is known.
    func preview(of request: DataPreviewRequest) -> DataPreview? {
        guard request == self.request, case .done(let preview) = stage else { return nil }
        return preview
    }

    /// The result in one sentence; nil where nothing is to be checked, or not yet asked.
    func verdict(of request: DataPreviewRequest?) -> WizardVerdict? {
        guard let request, request == self.request else { return nil }
        switch stage {
        case .reading: return WizardVerdict(state: .pending, text: "● Checking the input…")
        case .failed(let text): return WizardVerdict(state: .unknown, text: "! The input can't be checked. \(text)")
        case .done(let preview):
            let complaints = preview.complaints
            if complaints.isEmpty {
                let notes = Self.notes(of: preview, model: request.model?.name ?? "the model")
                return notes.first.map { WizardVerdict(state: .passed, text: $0) }
            }
            let more = complaints.count > 2 ? " And \(complaints.count - 2) more." : ""
            let causes = complaints.prefix(2).joined(separator: "; ")
            return WizardVerdict(state: .failed, text: "✗ The input does not fit: \(causes).\(more)")
        }
    }
}

extension JobWizard {
    /// The question of how the input fits the model; nil where a script reads it, or the answers are not right yet.
    var previewRequest: DataPreviewRequest? {
        guard let deployment, deployment.scoring == .generated, !draft.input.isEmpty else { return nil }
        guard !problems.contains(where: { $0.step == Step.data.rawValue }) else { return nil }
        let invocation = invocation
        return DataPreviewRequest(
            input: invocation.input,
            inputKind: invocation.inputKind,
            isRecursive: invocation.isRecursive,
            model: AssetReference(deployment.model),
            deploymentOptions: deployment.settings.readOptions,
            readOptions: invocation.overrides.readOptions
        )
    }

    mutating func questions(in step: Int) -> [Query] {
        // Also in later steps: Next leaves the field that was edited last.
        guard step >= Step.data.rawValue, let request = check.ask(previewRequest) else { return [] }
        return [.dataPreview(request)]
    }

    func verdict(of step: Int) -> WizardVerdict? {
        Step(rawValue: step) == .data ? check.verdict(of: previewRequest) : nil
    }

    mutating func miss(_ query: Query, _ failure: Failure) -> Bool {
        guard case .dataPreview(let request) = query else { return false }
        check.miss(request, failure.text)
        return true
    }
}
