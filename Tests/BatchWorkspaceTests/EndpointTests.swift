import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

struct EndpointTests {
    @Test func `An endpoint is made, and made again it is changed`() async throws {
        try await WorkspaceBench.with { bench in
            _ = try await bench.workspace.createEndpoint(
                EndpointDraft(name: "wine-batch", description: "a", tags: ["k": "v"])
            )
            let changed = try await bench.workspace.createEndpoint(EndpointDraft(name: "wine-batch", description: "b"))
            #expect(changed.description == "b")
            #expect(changed.tags == ["k": "v"])
            #expect(try await bench.workspace.endpoints().count == 1)
        }
    }

    @Test func `A name that is too short is refused in Azure's words`() async throws {
        try await WorkspaceBench.with { bench in
            await expectRefusal(of: ["name"], "endpoint/name") {
                _ = try await bench.workspace.createEndpoint(EndpointDraft(name: "ab"))
            }
        }
    }

    @Test func `The first deployment becomes the default, later ones do not`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy("first")
            try await bench.deploy("second")
            #expect(try await bench.workspace.endpoint("wine-batch").defaultDeployment == "first")
            try await bench.deploy("third", setDefault: true)
            #expect(try await bench.workspace.endpoint("wine-batch").defaultDeployment == "third")
        }
    }

    @Test func `The default can be set to a deployment that exists, and no other`() async throws {
        try await WorkspaceBench.with { bench in
            for name in ["first", "second"] { try await bench.deploy(name) }
            let endpoint = try await bench.workspace.setDefaultDeployment("second", of: "wine-batch")
            #expect(endpoint.defaultDeployment == "second")
            await expectRefusal(.notFound, "endpoint/default-unknown") {
                _ = try await bench.workspace.setDefaultDeployment("none", of: "wine-batch")
            }
        }
    }

    @Test func `The default deployment is not deleted while there are others`() async throws {
        try await WorkspaceBench.with { bench in
            for name in ["first", "second"] { try await bench.deploy(name) }
            await expectRefusal(.inUse, "delete/default-deployment") {
                try await bench.workspace.deleteDeployment("first", of: "wine-batch")
            }
        }
    }

    @Test func `The last deployment may be deleted, and leaves no default`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy("only")
            try await bench.workspace.deleteDeployment("only", of: "wine-batch")
            #expect(try await bench.workspace.endpoint("wine-batch").defaultDeployment == nil)
            #expect(try await bench.workspace.deployments(of: "wine-batch").isEmpty)
        }
    }

    @Test func `Delete of an endpoint takes its deployments and leaves its jobs`() async throws {
        try await WorkspaceBench.with { bench in
            for name in ["first", "second"] { try await bench.deploy(name) }
            let job = try await bench.invoke()
            try await bench.move(job.name, through: .preparing, .failed)
            try await bench.workspace.deleteEndpoint("wine-batch")
            #expect(try await bench.workspace.endpoints().isEmpty)
            #expect(try await bench.workspace.job(job.name).specification.endpointName == "wine-batch")
            _ = try await bench.workspace.createEndpoint(EndpointDraft(name: "wine-batch"))
            #expect(try await bench.workspace.deployments(of: "wine-batch").isEmpty)
        }
    }

    @Test func `Nothing is deleted while a job of it is not at its end`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy("only")
            let job = try await bench.invoke()
            await expectRefusal(.inUse, "delete/endpoint-of-job", placeholders: [job.name: "JOB"]) {
                try await bench.workspace.deleteEndpoint("wine-batch")
            }
            await expectRefusal(.inUse, "delete/deployment-of-job", placeholders: [job.name: "JOB"]) {
                try await bench.workspace.deleteDeployment("only", of: "wine-batch")
            }
        }
    }

    @Test func `What does not exist is told with what to do`() async throws {
        try await WorkspaceBench.with { bench in
            let workspace = bench.workspace
            await expectRefusal(.notFound, "endpoint/unknown") { _ = try await workspace.endpoint("none") }
            _ = try await workspace.createEndpoint(EndpointDraft(name: "bare"))
            await expectRefusal(.notFound, "endpoint/deployment-unknown") {
                _ = try await workspace.deployment("none", of: "bare")
            }
        }
    }
}
