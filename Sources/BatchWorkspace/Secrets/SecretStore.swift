import BatchDomain
import Foundation
import Glibc
import SystemKit

/// Secrets of a workspace: a file each, readable by its owner alone, apart from the database, which users copy and send.
struct SecretStore: Sendable {
    /// Whose secrets they are.
    enum Owner: Hashable {
        case datastore(String)
        case job(String)

        fileprivate var file: String {
            switch self {
            case .datastore(let name): "datastore.\(name).json"
            case .job(let name): "job.\(name).json"
            }
        }
    }

    /// The secrets of an owner.
    struct Secrets: Codable, Equatable {
        var credentials = Credentials()
        /// The variables of the shell that started a job, until the job has ended.
        var variables: [String: String]?

        var isEmpty: Bool { credentials.isEmpty && variables == nil }
    }

    private let folder: String

    init(_ workspace: WorkspaceFolder) {
        folder = workspace.path + "/secrets"
    }

    /// Keeps an owner's secrets in place of those it had; a crash leaves the old ones or the new ones.
    func write(_ secrets: Secrets, of owner: Owner) throws {
        if secrets.isEmpty { return remove(owner) }
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        try DurableFile.write(JSONEncoder().encode(secrets), to: folder + "/" + owner.file)
    }

    /// An owner's secrets; none where there are none.
    func read(_ owner: Owner) throws -> Secrets {
        guard let data = FileManager.default.contents(atPath: folder + "/" + owner.file) else { return Secrets() }
        do {
            return try JSONDecoder().decode(Secrets.self, from: data)
        } catch {
            // The decoder's own words could quote the file.
            throw StudioError(
                .workspace,
                "The secrets in \(folder)/\(owner.file) can't be read.",
                advice: "Give them again with: batchstudio datastore update"
            )
        }
    }

    /// The jobs that have secrets.
    var jobs: [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let (start, end) = ("job.", ".json")
        return files.filter { $0.hasPrefix(start) && $0.hasSuffix(end) }
            .map { String($0.dropFirst(start.count).dropLast(end.count)) }
    }

    func remove(_ owner: Owner) { unlink(folder + "/" + owner.file) }
}
