extension DeploymentSettings {
    /// The highest number that any setting takes: Azure's `int.Max`.
    package static let highest = Int(Int32.max)

    /// Everything that is wrong with the values, by the rules of ``Setting``.
    package func problems() -> [Problem] {
        var problems: [Problem] = Setting.allCases.compactMap { setting in
            guard case .wholeNumber(let minimum, _) = setting.values, let text = setting.text(in: self) else {
                return nil
            }
            let isTaken = Int(text).map { (minimum...Self.highest).contains($0) } ?? false
            return isTaken ? nil : setting.problem(value: text)
        }
        let isPlainName =
            !outputFileName.isEmpty && ![".", ".."].contains(outputFileName) && !outputFileName.contains("/")
            && !outputFileName.contains("\0")
        if !isPlainName { problems.append(Setting.outputFileName.problem(value: outputFileName)) }
        for name in environmentVariables.keys.sorted() where name.isEmpty || name.contains("=") || name.contains("\0") {
            problems.append(
                Problem(
                    field: Setting.environmentVariables.key,
                    value: name,
                    rule: "must have names without '='",
                    example: "MY_VARIABLE"
                )
            )
        }
        if gpus > 0 {
            for name in GPU.variables where environmentVariables[name] != nil {
                problems.append(
                    Problem(
                        field: "\(Setting.environmentVariables.key).\(name)",
                        rule: "can't be given beside \(Setting.gpus.key), by which each worker gets GPUs of its own"
                    )
                )
            }
        }
        for (name, value) in environmentVariables.sorted(by: { $0.key < $1.key })
        where SecretName.isMasked(value, of: name) {
            problems.append(
                Problem(
                    field: "\(Setting.environmentVariables.key).\(name)",
                    rule: "has the mask that is shown in place of a secret for its value; give the secret itself"
                )
            )
        }
        return problems + (readOptions?.problems() ?? [])
    }
}

extension DeploymentSettings {
    /// The problems of the values on a compute target, besides ``problems()``.
    package func problems(on compute: ComputeTarget) -> [Problem] {
        if compute.kind == .amlCompute, instanceCount > compute.maxInstances {
            return [
                Problem(
                    field: Setting.instanceCount.key,
                    value: String(instanceCount),
                    rule: "must be at most \(compute.maxInstances), the max_instances of compute '\(compute.name)'",
                    example: String(compute.maxInstances)
                )
            ]
        }
        guard let cluster = compute.cluster else { return [] }
        var problems: [Problem] = []
        if workers > cluster.maxWorkers {
            problems.append(
                Problem(
                    field: Setting.instanceCount.key,
                    value: String(instanceCount),
                    rule: "must, times max_concurrency_per_instance, make at most \(cluster.maxWorkers) workers, "
                        + "the max_workers of compute '\(compute.name)'",
                    example: String(max(1, cluster.maxWorkers / max(1, maxConcurrencyPerInstance)))
                )
            )
        }
        if gpus > 0 {
            problems.append(
                Problem(
                    field: Setting.gpus.key,
                    value: String(gpus),
                    rule:
                        "must be 0 on compute '\(compute.name)': a cluster gives each worker the GPUs of the compute's "
                        + "resources_per_worker.num_gpus",
                    example: "0"
                )
            )
        }
        return cluster.storage == .ship ? problems + problemsOfShipping(to: compute.name) : problems
    }

    /// The problems where input files travel to nodes and rows alone travel back.
    private func problemsOfShipping(to compute: String) -> [Problem] {
        var problems: [Problem] = []
        if outputAction == .summaryOnly {
            problems.append(
                Problem(
                    field: Setting.outputAction.key,
                    value: outputAction.rawValue,
                    rule: "must be \(OutputAction.appendRow.rawValue) on compute '\(compute)': with storage: ship "
                        + "the rows travel back, files that scripts write do not",
                    example: OutputAction.appendRow.rawValue
                )
            )
        }
        if let rows = readOptions?[.take] {
            problems.append(
                Problem(
                    field: "\(Setting.readOptions.key).\(ReadOption.take.rawValue)",
                    value: rows.text,
                    rule: "can't be given on compute '\(compute)': with storage: ship a worker has the files of its "
                        + "mini-batch alone, and can't count the rows of those before it"
                )
            )
        }
        return problems
    }
}
