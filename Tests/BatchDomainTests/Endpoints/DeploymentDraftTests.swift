import BatchDomain
import Testing

struct DeploymentDraftTests {
    @Test func `A draft with a model and names is fine`() {
        #expect(draft().problems().isEmpty)
    }

    @Test func `A draft without a model is not`() {
        var draft = draft()
        draft.model = nil
        #expect(draft.problems().map(\.field) == ["model"])
    }

    @Test func `Problems of names and settings are told together`() {
        var draft = draft()
        draft.name = "1"
        draft.endpointName = "2"
        draft.settings.timeout = 0
        #expect(Set(draft.problems().map(\.field)) == ["name", "endpoint_name", "retry_settings.timeout"])
    }

    @Test func `A file name beside summary_only is refused as in Azure`() {
        var draft = draft()
        draft.settings.outputAction = .summaryOnly
        draft.settings.outputFileName = "x.csv"
        #expect(draft.problems().map(\.field) == ["output_file_name"])
    }

    private func draft() -> DeploymentDraft {
        DeploymentDraft(endpointName: "wine-batch", name: "wine", model: .registered(AssetReference(name: "wine")))
    }
}
