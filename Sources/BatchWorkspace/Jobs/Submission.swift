import BatchDomain
import GRDB

extension Submission {
    /// The submission that a call repeats, where there is a job of its name already.
    ///
    /// - Throws: ``StudioError`` with code `alreadyExists`, naming what differs from the job.
    static func repeated(by invocation: Invocation, _ db: Database) throws -> Submission? {
        guard let name = invocation.jobName,
            let job = try JobRecord.filter(Column("name") == name).fetchOne(db)?.job
        else { return nil }
        let differences = try differences(of: invocation, from: job, db)
        if differences.isEmpty { return Submission(job: job, isNew: false) }
        throw StudioError(
            .alreadyExists,
            "There is a job named '\(name)' already, with other values: \(differences.joined(separator: "; ")).",
            advice: "Choose another name."
        )
    }

    private static func differences(of invocation: Invocation, from job: Job, _ db: Database) throws -> [String] {
        let old = job.specification
        var found: [String] = []
        func compare(_ what: String, _ before: some CustomStringConvertible, _ now: some CustomStringConvertible) {
            if before.description != now.description { found.append("\(what) \(before), not \(now)") }
        }
        if let before = job.retryOf { return ["it scores the failed files of job \(before)"] }
        compare("endpoint", old.endpointName, invocation.endpointName)
        if !found.isEmpty { return found }
        compare(
            "deployment",
            old.deploymentName,
            try invocation.deploymentName ?? Workspace.deployment(for: invocation, db).name
        )
        if let compute = invocation.compute { compare("compute", old.compute, compute) }
        compare("input", old.input.reference, try reference(of: invocation.input, db))
        if let kind = invocation.inputKind { compare("input type", old.input.kind.rawValue, kind.rawValue) }
        // A table's patterns say themselves which folders they mean.
        if old.input.kind != .table, old.input.isRecursive != invocation.isRecursive {
            found.append("another --recursive")
        }
        if old.input.isNewOnly ?? false != invocation.isNewOnly ?? false { found.append("another --new-only") }
        let place = DatastorePath(datastore: Datastore.defaultName, path: job.name + "/score")
        compare("output", old.output.location, invocation.output ?? place)
        for setting in Setting.allCases {
            let (before, now) = (setting.text(in: old.overrides), setting.text(in: invocation.overrides))
            if before != now { found.append("\(setting.key) \(before ?? "not given"), not \(now ?? "given")") }
        }
        if old.hooks ?? [] != invocation.hooks ?? [] {
            found.append("other \(JobHook.Event.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        // Their values may be secrets.
        if old.overrides.environmentVariables ?? [:] != invocation.overrides.environmentVariables ?? [:] {
            found.append("other \(Setting.environmentVariables.key)")
        }
        return found
    }

    /// The reference as the job keeps it: with the version that a label means, without a secret.
    private static func reference(of input: DataReference, _ db: Database) throws -> DataReference {
        switch input {
        case .asset(let asset): return .asset(AssetReference(try DataAsset.find(db, asset).id))
        case .url(let text):
            let address = try RemoteAddress(text, field: "input")
            return address.credentials.isEmpty ? input : .url(address.cleaned)
        case .datastore, .local: return input
        }
    }
}
