import BatchDomain
import FoundationEssentials
import Testing

struct JobNotesTests {
    private static var job: Job {
        let model = AssetVersion(name: "m", version: "1")
        let input = JobInput(reference: .local("/in"), kind: .folder, path: "/in")
        let location = DatastorePath(datastore: "workspaceblobstore", path: "x")
        return Job(
            name: "job",
            displayName: "a_job",
            experimentName: "e",
            specification: JobSpecification(
                endpointName: "e",
                deploymentName: "d",
                model: model,
                modelPath: "/m",
                scoring: .generated,
                environment: EnvironmentRequest(owner: "m", sources: []),
                compute: "local",
                settings: DeploymentSettings(),
                overrides: SettingsOverrides(),
                input: input,
                output: JobOutput(location: location, folder: "/out", fileName: nil)
            ),
            createdAt: Date(timeIntervalSince1970: 0)
        )
    }

    @Test func `A note is added once`() {
        var job = Self.job
        #expect(job.add(notes: ["One.", "Two.", "One."]) == ["One.", "Two."])
        #expect(job.add(notes: ["Two.", "Three."]) == ["Three."])
        #expect(job.notes == ["One.", "Two.", "Three."])
    }

    @Test func `A note is one line of bounded length`() {
        var job = Self.job
        #expect(job.add(notes: [" a\n b\t", "", "\n"]) == ["a b"])
        _ = job.add(notes: [String(repeating: "x", count: 501), String(repeating: "y", count: 500)])
        #expect(job.notes[1] == String(repeating: "x", count: 499) + "…")
        #expect(job.notes[2] == String(repeating: "y", count: 500))
    }

    @Test func `There are at most fifty`() {
        var job = Self.job
        let added = job.add(notes: (0..<60).map { "Note \($0)." })
        #expect(added.count == 50)
        #expect(job.notes.last == "Note 49.")
        #expect(job.add(notes: ["Another."]) == [])
    }
}
