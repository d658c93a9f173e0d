import BatchDomain
import BatchManifest
import BatchWorkspace
import Foundation

/// Carries out `batchstudio doctor --repair`.
struct WorkspaceRepair {
    private let session: Session

    init(_ session: Session) {
        self.session = session
    }

    /// Repairs the workspace if it needs it, and answers with what was done.
    ///
    /// - Throws: ``StudioError`` while the executor runs, and when the workspace can't be opened for another reason than damage.
    func run() async throws {
        var findings: [Finding] = []
        if let damage = try damage() {
            findings.append(Finding(name: "database", state: .note, found: damage.message))
            let report = try Workspace.repair(session.folder, at: session.surroundings.now())
            findings += await self.findings(of: report)
        } else {
            findings.append(Finding(name: "database", state: .ok, found: "nothing is damaged; nothing was changed"))
        }
        let columns = [TableColumn("State", "state"), TableColumn("What", "name"), TableColumn("Found", "found")]
        try session.answer(Output(list: findings.map(\.value), columns: columns), default: .table)
    }

    /// How the database is damaged; nil when it is whole, or there is none.
    private func damage() throws -> StudioError? {
        // A look makes no workspace.
        guard FileManager.default.fileExists(atPath: session.folder.path) else { return nil }
        do {
            _ = try Workspace(opening: session.folder)
            try Workspace.checkDatabase(session.folder)
            return nil
        } catch let error as StudioError where error.code == .damaged {
            return error
        }
    }

    private func findings(of report: RepairReport) async -> [Finding] {
        var findings: [Finding] = []
        if let path = report.setAside {
            findings.append(Finding(name: "old database", state: .ok, found: "set aside as \(path)"))
        }
        for table in report.tables where table.rows > 0 || table.isDamaged {
            let words =
                table.isDamaged
                ? "\(table.rows) rows read; the table is damaged, others may be lost" : "\(table.rows) rows"
            findings.append(Finding(name: table.name, state: table.isDamaged ? .note : .ok, found: words))
        }
        for model in report.models { findings.append(await register(model)) }
        for job in report.jobs {
            findings.append(
                Finding(
                    name: "job \(job)",
                    state: .note,
                    found: "lost from the list; its logs are in \(session.folder.job(job).path), output as a rule in "
                        + "\(session.folder.blobs)/\(job)/score"
                )
            )
        }
        return findings
    }

    /// Registers a model again by its files.
    private func register(_ lost: RepairReport.LostModel) async -> Finding {
        let mlflow = try? MLmodel.read(folder: lost.path)
        let registration = ModelRegistration(
            name: lost.id.name,
            version: lost.id.version,
            kind: mlflow == nil ? .custom : .mlflow,
            description: "Registered again by doctor --repair.",
            path: lost.path,
            source: lost.path,
            mlflow: mlflow
        )
        let name = "model \(lost.id.name):\(lost.id.version)"
        do {
            _ = try await Workspace(opening: session.folder, now: session.surroundings.now).adopt(lost, registration)
            return Finding(name: name, state: .ok, found: "registered again from \(lost.path)")
        } catch {
            return Finding(name: name, state: .note, found: "its files are in \(lost.path). \(error)")
        }
    }
}
