package import BatchDomain
import Foundation
import GRDB
import SystemKit

// The files that Completed jobs of an endpoint and model version have scored: what `new_only` leaves out.
extension Workspace {
    /// Finds the files that are new.
    ///
    /// - Parameters:
    ///   - digests: The files.
    ///   - specification: The job that would score them.
    ///   - schedule: A schedule whose runs must not have taken them; nil for what was scored alone.
    /// - Returns: Whether each is new, in the same order.
    /// - Throws: ``StudioError`` when the list of an earlier job is damaged.
    package func areNew(
        _ digests: [FileDigest],
        to specification: JobSpecification,
        notTakenBy schedule: String? = nil
    ) async throws -> [Bool] {
        try await openScope(specification.knownScope)
        let order = zip(digests, digests.indices).sorted { $0.0 < $1.0 }
        let sorted = order.map(\.0)
        let positions = try await database.read { db in
            guard let scope = try specification.knownScope.number(db) else { return Array(sorted.indices) }
            return try DigestTable.newPositions(among: sorted, in: scope, notTakenBy: schedule, db)
        }
        var areNew = [Bool](repeating: false, count: digests.count)
        for position in positions { areNew[order[position].1] = true }
        return areNew
    }

    /// Forgets what jobs of a schedule's endpoint and model version have scored.
    ///
    /// - Returns: How many versions of files were known.
    package func resetSchedule(_ name: String) async throws -> Int {
        let scope = try await database.read { db in try Self.scope(of: Self.schedule(name, db), db) }
        // Else the next use would find the files of jobs before it again.
        try await openScope(scope)
        return try await database.write { db in
            try db.execute(sql: "DELETE FROM takenFile WHERE schedule = ?", arguments: [name])
            guard let number = try scope.number(db) else { return 0 }
            try db.execute(sql: "DELETE FROM knownFile WHERE scope = ?", arguments: [number])
            return db.changesCount
        }
    }

    /// The scope of a schedule's jobs, as its endpoint is now.
    static func scope(of schedule: Schedule, _ db: Database) throws -> KnownScope {
        let deployment = try deployment(for: schedule.job, db)
        return KnownScope(endpoint: deployment.endpointName, model: deployment.model)
    }

    /// Makes a scope with the files of the jobs before it, where there is none.
    private func openScope(_ scope: KnownScope) async throws {
        if try await database.read({ db in try scope.number(db) }) != nil { return }
        var scored: [String: [FileDigest]] = [:]
        while true {
            let jobs = try await database.read { db in try scope.completedJobs(db) }
            for job in jobs where scored[job.name] == nil { scored[job.name] = try await scoredFiles(of: job) }
            let known = scored
            let isDone = try await database.write { db in
                if try scope.number(db) != nil { return true }
                // One that has ended meanwhile has found no scope to record its files in.
                let names = try scope.completedJobs(db).map(\.name)
                guard names.allSatisfy({ known[$0] != nil }) else { return false }
                try scope.insert(db)
                let number = db.lastInsertedRowID
                for name in names { try DigestTable.addKnown(known[name] ?? [], to: number, db) }
                return true
            }
            if isDone { return }
        }
    }

    /// The files that a job has scored, for its end; nil where nothing is to be recorded.
    func filesToRecord(of name: String) async throws -> [FileDigest]? {
        let job = try await job(name)
        let hasScope = try await database.read { db in try job.specification.knownScope.number(db) != nil }
        return hasScope ? try await scoredFiles(of: job) : nil
    }

    /// Records the files of a job in the transaction of its end.
    ///
    /// - Returns: False when they must be read first, because a scope was made meanwhile.
    static func record(_ digests: [FileDigest]?, of job: Job, _ db: Database) throws -> Bool {
        guard let scope = try job.specification.knownScope.number(db) else { return true }
        guard let digests else { return false }
        try DigestTable.addKnown(digests, to: scope, db)
        return true
    }

    /// The versions of files that a job has scored, in ascending order: all of its list but those that failed.
    private func scoredFiles(of job: Job) async throws -> [FileDigest] {
        // Of an input's first rows alone no file is sure to be scored whole.
        if job.specification.settings.readOptions?[.take] != nil { return [] }
        let (folder, input) = (folder.job(job.name), job.specification.input)
        let digests = InputDigests(of: input, in: self.folder)
        let failures = try await database.read { db in
            try String.fetchSet(
                db,
                sql: "SELECT file FROM fileFailure WHERE job = (SELECT sequence FROM job WHERE name = ?)",
                arguments: [job.name]
            )
        }
        return try await DiskWork.run {
            var scored: [FileDigest] = []
            func add(_ file: InputFile, _ digest: @autoclosure () -> FileDigest?) {
                if !failures.isEmpty, failures.contains(String(decoding: file.path, as: UTF8.self)) { return }
                if let digest = digest() { scored.append(digest) }
            }
            if input.remote != nil {
                guard let list = FileManager.default.contents(atPath: folder.remoteListing) else { return [] }
                for (file, digest) in digests.files(ofListing: list) { add(file, digest) }
            } else {
                guard FileManager.default.fileExists(atPath: folder.manifest) else { return [] }
                let list = try Data(contentsOf: URL(fileURLWithPath: folder.manifest), options: .mappedIfSafe)
                try ManifestText.forEachLine(in: list, at: folder.manifest) { line in
                    if line.part?.index ?? 0 > 0 { return }
                    for file in ManifestText.files(in: list, at: line.bytes) where !file.isRefused {
                        add(file, digests.digest(of: file))
                    }
                }
            }
            scored.sort()
            return scored
        }
    }
}
