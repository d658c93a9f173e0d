import BatchDomain
import BatchManifest
import BatchWorkspace
import Foundation

/// The repair of a damaged workspace.
struct WorkspaceRepair {
    private let folder: WorkspaceFolder
    private let now: @Sendable () -> Date

    init(_ folder: WorkspaceFolder, now: @escaping @Sendable () -> Date) {
        self.folder = folder
        self.now = now
    }

    /// Repairs the workspace if it is damaged; returns what was done.
    ///
    /// - Throws: ``StudioError`` while the executor runs, and when the workspace can't be opened for another reason than damage.
    func run() async throws -> [Finding] {
        var findings: [Finding] = []
        if let damage = try damage() {
            findings.append(Finding(name: "database", state: .note, found: damage.message))
            let report = try Workspace.repair(folder, at: now())
            findings += await self.findings(of: report)
        } else {
            findings.append(Finding(name: "database", state: .ok, found: "nothing is damaged; nothing was changed"))
        }
        return findings
    }

    /// The damage of the database; nil when it is whole, or there is none.
    private func damage() throws -> StudioError? {
        // Not by opening it, which creates what is missing.
        guard Workspace.exists(folder) else { return nil }
        _ = try WorkspaceAccess(to: folder)
        do {
            try Workspace.checkDatabase(folder)
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
        for table in report.tables where table.rows > 0 || table.leftOut > 0 || table.isDamaged {
            var words =
                table.isDamaged
                ? "\(table.rows) rows read; the table is damaged, others may be lost" : "\(table.rows) rows"
            if table.leftOut > 0 {
                words += "; \(table.leftOut) left out: they break the table's rules or name rows that are lost"
            }
            let isWhole = !table.isDamaged && table.leftOut == 0
            findings.append(Finding(name: table.name, state: isWhole ? .ok : .note, found: words))
        }
        for model in report.models { findings.append(await register(model)) }
        for job in report.jobs {
            findings.append(
                Finding(
                    name: "job \(job)",
                    state: .note,
                    found: "lost from the list; its logs are in \(folder.job(job).path), output as a rule in "
                        + "\(folder.blobs)/\(job)/score"
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
            _ = try await Workspace(opening: folder, now: now).adopt(lost, registration)
            return Finding(name: name, state: .ok, found: "registered again from \(lost.path)")
        } catch {
            return Finding(name: name, state: .note, found: "its files are in \(lost.path). \(error)")
        }
    }
}
