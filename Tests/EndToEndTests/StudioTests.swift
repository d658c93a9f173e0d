import Foundation
import TestSupport
import Testing

/// The studio as a user uses it: the built program on a real pty, a workspace, an executor and Python.
///
/// Each test has a workspace of its own; one model is trained for all of them.
@Suite(.serialized, .timeLimit(.minutes(5)), .trainedSample)
enum StudioTests {
    /// The model and the data of `batchstudio sample create`.
    struct Sample: Sendable {
        let model: String
        let data: String
    }

    @TaskLocal static var sample: Sample?
}

/// Trains the sample's model once for a suite.
struct TrainedSample: SuiteTrait, TestScoping {
    @concurrent func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await Program.with { program in
            _ = try program.succeed("sample", "create")
            let folder = program.workspace + "/sample"
            let sample = StudioTests.Sample(model: folder + "/model", data: folder + "/unlabeled")
            try await StudioTests.$sample.withValue(sample) { try await function() }
        }
    }
}

extension Trait where Self == TrainedSample {
    /// Trains the sample's model once for the suite.
    static var trainedSample: Self { TrainedSample() }
}
