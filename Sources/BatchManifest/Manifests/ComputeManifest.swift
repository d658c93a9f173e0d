package import BatchDomain
package import FoundationEssentials

/// `az ml compute create -f`: the YAML of a compute target.
package enum ComputeManifest {
    /// Reads a compute target from text.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong.
    package static func read(text: String, file: String, now: Date) throws(ValidationError) -> ComputeTarget {
        try read(YAMLDocument(text: text, file: file), now: now)
    }

    /// Reads a compute target; what only Azure's virtual machines have is accepted and left out.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong.
    package static func read(_ document: YAMLDocument, now: Date) throws(ValidationError) -> ComputeTarget {
        var fields = try ManifestFields(document, noun: "compute target")
        return try read(&fields, now: now)
    }

    static func read(_ fields: inout ManifestFields, now: Date) throws(ValidationError) -> ComputeTarget {
        if fields.value(at: "type")?.text?.lowercased() == ComputeTarget.Kind.ray.rawValue {
            return try readCluster(&fields, now: now)
        }
        let target = ComputeTarget(
            name: fields.computeName(),
            kind: fields.computeKind("type") ?? .amlCompute,
            description: fields.text("description") ?? "",
            tags: fields.labels("tags") ?? [:],
            size: fields.text("size"),
            minInstances: fields.wholeNumber("min_instances") ?? 0,
            maxInstances: fields.wholeNumber("max_instances") ?? 1,
            idleTimeBeforeScaleDown: fields.wholeNumber("idle_time_before_scale_down") ?? 120,
            createdAt: now
        )
        fields.accept("tier", "location", "ssh_public_access_enabled", "ssh_settings", "network_settings", "identity")
        fields.accept("enable_node_public_ip", "id", "provisioning_state", "created_on")
        try fields.finish(valueProblems: target.problems())
        return target
    }

    private static func readCluster(_ fields: inout ManifestFields, now: Date) throws(ValidationError) -> ComputeTarget
    {
        let target = ComputeTarget(
            name: fields.computeName(),
            kind: fields.computeKind("type") ?? .ray,
            description: fields.text("description") ?? "",
            tags: fields.labels("tags") ?? [:],
            cluster: fields.rayCluster(),
            createdAt: now
        )
        fields.accept("id", "location", "provisioning_state", "created_on")
        try fields.finish(valueProblems: target.problems())
        return target
    }
}

extension ManifestFields {
    fileprivate mutating func computeName() -> String {
        requiredText("name", as: .name(.compute), example: NameRule.compute.example, flag: "--name")
    }

    fileprivate mutating func computeKind(_ path: String) -> ComputeTarget.Kind? {
        requiredChoice(
            path,
            of: ComputeTarget.Kind.self,
            rule: "must be ray (a Ray cluster), amlcompute (a cluster's numbers, carried out on this machine) or local",
            example: .amlCompute
        )
    }
}
