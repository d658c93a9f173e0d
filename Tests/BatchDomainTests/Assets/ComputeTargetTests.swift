import BatchDomain
import Foundation
import Testing

struct ComputeTargetTests {
    @Test(arguments: [
        (0, 1, [String]()), (2, 2, []), (-1, 1, ["min_instances"]), (0, 0, ["max_instances"]),
        (3, 2, ["max_instances"]),
        (-1, 0, ["min_instances", "max_instances"]),
    ])
    func `The numbers of a cluster fit each other`(minimum: Int, maximum: Int, fields: [String]) {
        let target = ComputeTarget(
            name: "cpu",
            kind: .amlCompute,
            minInstances: minimum,
            maxInstances: maximum,
            createdAt: Date(timeIntervalSince1970: 0)
        )
        #expect(target.problems().map(\.field) == fields)
    }

    @Test(arguments: [
        ("10.0.0.5:6379", true), ("auto", true), ("local", true), ("[::1]:6379", true),
        ("head", false), ("head:0", false), ("head:70000", false), (":6379", false), ("ray://head:10001", false),
        ("http://head:8265", false), ("user@head:6379", false), ("", false),
    ])
    func `The address of a Ray cluster is a place, or a word`(address: String, isRight: Bool) {
        let problems = RayCluster(address: address, maxWorkers: 1).problems()
        #expect(problems.map(\.field) == (isRight ? [] : ["address"]))
    }

    @Test func `The numbers of a Ray cluster are told all at once`() {
        let cluster = RayCluster(
            address: "auto",
            maxWorkers: 0,
            resources: RayCluster.Resources(cpus: 0, gpus: -1, custom: ["TPU": -1]),
            rayVersion: "2.60",
            pythonVersion: "3",
            nodeTimeout: -1
        )
        #expect(
            cluster.problems().map(\.field) == [
                "max_workers", "node_timeout", "ray_version", "python_version", "resources_per_worker.custom.TPU",
                "resources_per_worker.num_cpus", "resources_per_worker.num_gpus",
            ]
        )
    }

    @Test(arguments: [(RayCluster.Storage.shared, [String]()), (.ship, ["output_action", "read_options.take"])])
    func `What files that travel do not allow is told all at once`(storage: RayCluster.Storage, fields: [String]) throws
    {
        var settings = DeploymentSettings()
        settings.outputAction = .summaryOnly
        var options = ReadOptions()
        try options.set(.take, to: .number(10))
        settings.readOptions = options
        let cluster = RayCluster(address: "auto", maxWorkers: 8, storage: storage)
        let target = ComputeTarget(name: "ray", kind: .ray, cluster: cluster, createdAt: Date(timeIntervalSince1970: 0))
        #expect(settings.problems(on: target).map(\.field) == fields)
    }
}
