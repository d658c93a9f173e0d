package import FoundationEssentials

/// Where jobs run.
///
/// A target is this machine, or a Ray cluster; the numbers of an Azure cluster are kept so that Azure's scripts run unchanged.
package struct ComputeTarget: Equatable, Sendable, Codable {
    /// The name of the target that every workspace has.
    package static let defaultName = "local"

    /// The kinds of targets.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// This machine.
        case local
        /// An Azure cluster's settings, carried out on this machine.
        case amlCompute = "amlcompute"
        /// A Ray cluster.
        case ray
    }

    /// The target's name.
    package var name: String
    /// The kind.
    package var kind: Kind
    /// The purpose.
    package var description: String
    /// Free labels.
    package var tags: [String: String]
    /// The virtual machine size named in Azure's YAML; shown, not used.
    package var size: String?
    /// The fewest instances of a cluster; shown, not used.
    package var minInstances: Int
    /// The most instances that a deployment may ask for.
    package var maxInstances: Int
    /// Seconds before a cluster's idle instance goes; shown, not used.
    package var idleTimeBeforeScaleDown: Int
    /// The cluster of a target of the kind ``Kind/ray``.
    package var cluster: RayCluster?
    /// When it was made.
    package var createdAt: Date

    package init(
        name: String,
        kind: Kind,
        description: String = "",
        tags: [String: String] = [:],
        size: String? = nil,
        minInstances: Int = 0,
        maxInstances: Int = 1,
        idleTimeBeforeScaleDown: Int = 120,
        cluster: RayCluster? = nil,
        createdAt: Date
    ) {
        self.name = name
        self.kind = kind
        self.description = description
        self.tags = tags
        self.size = size
        self.minInstances = minInstances
        self.maxInstances = maxInstances
        self.idleTimeBeforeScaleDown = idleTimeBeforeScaleDown
        self.cluster = cluster
        self.createdAt = createdAt
    }

    /// The problems of the values.
    package func problems() -> [Problem] {
        var problems = NameRule.compute.problems(in: name) + (cluster?.problems() ?? [])
        if minInstances < 0 {
            problems.append(Problem(field: "min_instances", value: "\(minInstances)", rule: "must be 0 or more"))
        }
        if maxInstances < max(1, minInstances) {
            problems.append(
                Problem(
                    field: "max_instances",
                    value: "\(maxInstances)",
                    rule: "must be at least 1 and at least min_instances (\(minInstances))",
                    example: "\(max(1, minInstances))"
                )
            )
        }
        return problems
    }
}
