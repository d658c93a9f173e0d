import BatchDomain
import StudioCore
import TestSupport
import Testing

/// `Studio.names`.
struct NamesTests {
    @Test(
        arguments: [
            (NamedThing.model, ["taxi-tips", "wine"]), (.data, ["wine-unlabeled"]), (.environment, ["sklearn-env"]),
            (.compute, ["batch-cluster", "local"]), (.endpoint, ["new-endpoint", "taxi-tips", "wine-growers"]),
            (.deployment, ["mlflow", "mlflow-wide"]),
        ]
    )
    func `Names of a kind are found`(kind: NamedThing, names: [String]) async throws {
        try await StudioBench.with { bench in
            let found = try await bench.studio.names(of: kind, endpoint: "wine-growers")
            #expect(found.sorted() == names)
        }
    }

    @Test func `The name of an archived model is found too`() async throws {
        try await StudioBench.with { bench in
            try await bench.studio.setArchived(true, .model, "wine", version: nil)
            #expect(try await bench.studio.names(of: .model).contains("wine"))
        }
    }
}
