import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

/// The jobs that others are compared with.
struct BaselineTests {
    /// A workspace with an endpoint and the completed job `monday`.
    private static func with(_ body: (WorkspaceBench) async throws -> Void) async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            try await complete("monday", in: bench)
            try await body(bench)
        }
    }

    private static func complete(_ name: String, in bench: WorkspaceBench, hasProfile: Bool = true) async throws {
        _ = try await bench.invoke { $0.jobName = name }
        for state in [JobState.preparing, .running, .finalizing, .completed] {
            try await bench.workspace.setState(of: name, to: state)
        }
        if hasProfile { try Profile.sample.write(to: bench.workspace.folder.job(name).profile) }
    }

    @Test func `A completed job becomes the baseline, and may be taken away again`() async throws {
        try await Self.with { bench in
            let changed = try await bench.workspace.setBaseline("monday", of: "wine-batch")
            #expect(changed.baseline == "monday")
            #expect(try await bench.reopened().endpoint("wine-batch").baseline == "monday")
            #expect(try await bench.workspace.endpoint(withBaseline: "monday")?.name == "wine-batch")
            #expect(try await bench.workspace.jobOverviews(named: ["monday"]).map(\.isBaseline) == [true])
            // Other changes leave it.
            let draft = EndpointDraft(name: "wine-batch", description: "new")
            #expect(try await bench.workspace.updateEndpoint(draft).baseline == "monday")
            #expect(try await bench.workspace.setBaseline(nil, of: "wine-batch").baseline == nil)
        }
    }

    @Test func `The newest jobs of two deployments that scored the same input are found to be compared`() async throws {
        try await Self.with { bench in
            try await bench.deploy("wide")
            let workspace = bench.workspace
            #expect(try await workspace.comparableJobs(of: "wine-batch", "mlflow", "wide") == nil)
            try await Self.complete("tuesday", in: bench)
            _ = try await bench.invoke {
                $0.jobName = "queued"
                $0.deploymentName = "wide"
            }
            #expect(try await workspace.comparableJobs(of: "wine-batch", "mlflow", "wide") == nil)
            for (name, input) in [("other", "elsewhere"), ("same", "input"), ("last", "elsewhere")] {
                let path = try bench.makeInput(input)
                _ = try await bench.invoke {
                    ($0.jobName, $0.deploymentName, $0.input) = (name, "wide", .local(path))
                }
                try await bench.move(name, through: .preparing, .running, .finalizing, .completed)
            }
            let pair = try await workspace.comparableJobs(of: "wine-batch", "mlflow", "wide")
            #expect([pair?.first.name, pair?.second.name] == ["tuesday", "same"])
        }
    }

    @Test func `A job that others can't be compared with is refused`() async throws {
        try await Self.with { bench in
            _ = try await bench.invoke { $0.jobName = "queued" }
            await expectRefusal(.invalidState, "baseline/queued") {
                _ = try await bench.workspace.setBaseline("queued", of: "wine-batch")
            }
            try await Self.complete("bare", in: bench, hasProfile: false)
            await expectRefusal(.invalidState, "baseline/no-profile") {
                _ = try await bench.workspace.setBaseline("bare", of: "wine-batch")
            }
            try await bench.deploy(to: "other-batch")
            await expectRefusal(.invalidState, "baseline/other-endpoint") {
                _ = try await bench.workspace.setBaseline("monday", of: "other-batch")
            }
            await expectRefusal(.notFound, "baseline/unknown") {
                _ = try await bench.workspace.setBaseline("nosuch", of: "wine-batch")
            }
            #expect(try await bench.workspace.endpoint("wine-batch").baseline == nil)
        }
    }

    @Test func `An endpoint loses its baseline with the job`() async throws {
        try await Self.with { bench in
            _ = try await bench.workspace.setBaseline("monday", of: "wine-batch")
            try await bench.workspace.deleteJob("monday")
            #expect(try await bench.workspace.endpoint("wine-batch").baseline == nil)
        }
    }

    @Test func `What was found is kept with the job, and its level is in lists`() async throws {
        try await Self.with { bench in
            try await Self.complete("tuesday", in: bench)
            var other = Profile.sample
            other.columns[0] = ColumnProfile(classes: ["class_0": 89], named: "prediction")
            let drift = Drift(of: other, from: .sample, named: "monday")
            try await bench.workspace.record(ProfileSummary(other), drift, of: "tuesday")
            #expect(try await bench.workspace.job("tuesday").drift == drift)
            #expect(try await bench.workspace.jobs().map(\.drift?.level) == [.warning, nil])
            let slice = try await bench.workspace.jobSlice(JobListing())
            #expect(slice.jobs.map(\.drift) == [.warning, nil])
            #expect(slice.jobs[0].status.label == "✓ Completed ~")
            let trends = try await bench.workspace.trends(of: "wine-batch")
            #expect(trends.runs.map(\.name) == ["monday", "tuesday"])
            #expect(trends.runs[0].summary == nil && trends.runs[1].summary == ProfileSummary(other))
            #expect(trends.runs[1].status.drift == .warning)
        }
    }

    @Test func `A workspace of the first version has no baseline, and can get one`() async throws {
        try await withTemporaryFolder { folder in
            let place = WorkspaceFolder(path: folder + "/workspace")
            try FirstVersion.make(at: place, ["schema-1"])
            let workspace = try Workspace(opening: place)
            #expect(try await workspace.endpoint("wine-batch").baseline == nil)
            let job = try await workspace.job("old-job")
            #expect(job.drift == nil)
            try Profile.sample.write(to: place.job("old-job").profile)
            #expect(try await workspace.setBaseline("old-job", of: "wine-batch").baseline == "old-job")
            #expect(try await workspace.trends(of: "wine-batch").runs.contains { $0.name == "old-job" })
        }
    }
}
