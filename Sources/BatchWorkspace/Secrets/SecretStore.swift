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
        case schedule(String)

        fileprivate var file: String {
            switch self {
            case .datastore(let name): "datastore.\(name).json"
            case .job(let name): "job.\(name).json"
            case .schedule(let name): "schedule.\(name).json"
            }
        }
    }

    /// The secrets of an owner.
    struct Secrets: Codable, Equatable {
        var credentials = Credentials()
        /// The variables of the shell that started a job, until the job has ended.
        var variables: [String: String]?
        /// The keys that messages of hooks are signed with, by the names of the variables that had them.
        var hookSecrets: [String: String]?

        var isEmpty: Bool { credentials.isEmpty && variables == nil && hookSecrets == nil }
    }

    private let folder: String

    init(_ workspace: WorkspaceFolder) {
        folder = workspace.path + "/secrets"
    }

    /// Keeps an owner's secrets in place of those it had; a crash leaves the old ones or the new ones.
    func write(_ secrets: Secrets, of owner: Owner) throws {
        if secrets.isEmpty { return remove(owner) }
        try makeFolder()
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
                advice: "Give them again with: batchstudio datastore update",
                inStudio: "Give the datastore its secrets again."
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

    private var warmUpFile: String { folder + "/warm-up.json" }

    /// Keeps a request to load a deployment, whose variables are secrets, in place of an earlier one.
    func write(_ request: WarmUpRequest) throws {
        try makeFolder()
        try DurableFile.write(JSONEncoder().encode(request), to: warmUpFile)
    }

    /// Takes the request to load a deployment, if there is one of this minute: an older one was made for an executor that never came.
    func takeWarmUpRequest() -> WarmUpRequest? {
        guard let data = FileManager.default.contents(atPath: warmUpFile) else { return nil }
        let attributes = try? FileManager.default.attributesOfItem(atPath: warmUpFile)
        unlink(warmUpFile)
        let date = attributes?[.modificationDate] as? Date ?? .distantPast
        guard abs(date.timeIntervalSinceNow) < 60 else { return nil }
        return try? JSONDecoder().decode(WarmUpRequest.self, from: data)
    }

    private func makeFolder() throws {
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    func remove(_ owner: Owner) { unlink(folder + "/" + owner.file) }
}
