import BatchDomain
import BatchManifest
import TestSupport
import Testing

/// Files with many mistakes: all are told at once, each with its line and what would be right.
struct BrokenManifestTests {
    @Test(arguments: [
        "deployment", "flat", "endpoint", "model", "data", "environment", "compute", "ray", "ray-resources",
        "schedule", "arrival",
    ])
    func `Everything that is wrong is told at once`(name: String) throws {
        let document = try Fixture("broken/\(name).yml").document
        let found = problems {
            switch name {
            case "endpoint": _ = try EndpointManifest.read(document)
            case "model": _ = try ModelManifest.read(document)
            case "data": _ = try DataManifest.read(document)
            case "environment": _ = try EnvironmentManifest.read(document)
            case "compute", "ray", "ray-resources": _ = try ComputeManifest.read(document, now: someDate)
            case "schedule", "arrival": _ = try ScheduleManifest.read(document, ScheduleManifestTests.surroundings)
            default: _ = try DeploymentManifest.read(document)
            }
        }
        expectGolden(Fixture.tidy(found.map(\.description).joined(separator: "\n")), "broken-\(name).txt")
    }

    @Test(arguments: [
        ("mini_batchsize", "mini_batch_size"), ("mini-batch-size", "mini_batch_size"), ("MODEL", "model"),
        ("enviroment", "environment"), ("modle", "model"), ("error_treshold", "error_threshold"),
    ])
    func `A slip of the hand gets the key that was meant`(typed: String, meant: String) throws {
        let document = try Fixture("deployments/2022-flat.yml").document.setting(path: typed, value: "1")
        let found = problems { try DeploymentManifest.read(document) }
        #expect(found.map(\.field) == [typed])
        #expect(found.first?.rule.hasSuffix("'\(meant)'?") == true)
    }

    @Test func `A dotted key is not mistaken for a path`() {
        let yaml = "name: wine\nendpoint_name: wine-batch\nmodel: azureml:wine:1\nretry_settings.timeout: 5\n"
        let found = problems { try DeploymentManifest.read(text: yaml, file: "d.yml") }
        #expect(found.map(\.field) == ["retry_settings.timeout"])
    }
}
