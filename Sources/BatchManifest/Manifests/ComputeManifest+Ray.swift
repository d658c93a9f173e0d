import BatchDomain

extension ManifestFields {
    /// The keys of a Ray cluster.
    mutating func rayCluster() -> RayCluster {
        RayCluster(
            address: requiredText("address", example: "10.0.0.5:6379"),
            maxWorkers: wholeNumber("max_workers") ?? 8,
            resources: resourcesPerWorker(),
            storage: rayStorage(),
            rayVersion: text("ray_version") ?? RayCluster.defaultRayVersion,
            pythonVersion: text("python_version"),
            nodeTimeout: wholeNumber("node_timeout") ?? 30
        )
    }

    private mutating func resourcesPerWorker() -> RayCluster.Resources {
        let key = "resources_per_worker"
        var resources = RayCluster.Resources(
            cpus: number("\(key).num_cpus") ?? 1,
            gpus: number("\(key).num_gpus") ?? 0
        )
        if let text = text("\(key).memory", as: .size) {
            resources.memory = ByteSize.bytes(of: text)
            if resources.memory == nil {
                report("\(key).memory", value: text, rule: "must be a size: \(ByteSize.acceptedForms)", example: "2GiB")
            }
        }
        for (name, text) in labels("\(key).custom", example: "TPU: 1") ?? [:] {
            resources.custom[name] = Double(text)
            if resources.custom[name] == nil {
                report("\(key).custom.\(name)", value: text, rule: "must be a number", example: "1")
            }
        }
        return resources
    }

    private mutating func rayStorage() -> RayCluster.Storage {
        choice(
            "storage",
            of: RayCluster.Storage.self,
            rule: "must be shared (all nodes see the workspace and the inputs under the same paths) "
                + "or ship (files travel)",
            example: .shared
        ) ?? .shared
    }

    private mutating func number(_ path: String) -> Double? {
        guard let text = text(path, as: .number) else { return nil }
        if let number = Double(text), number.isFinite { return number }
        report(path, value: text, rule: "must be a number", example: "1")
        return nil
    }
}
