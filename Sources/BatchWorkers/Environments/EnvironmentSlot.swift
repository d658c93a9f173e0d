import FoundationEssentials
import SystemKit

/// The place of one environment in the cache: finished when its record is there.
struct EnvironmentSlot {
    /// The folder of the digest.
    let folder: String
    /// The digest of what is asked.
    let digest: String

    init(_ digest: String, in cache: CacheFolder) { self.init(folder: "\(cache.environments)/\(digest)") }

    init(folder: String) {
        self.folder = folder
        digest = folder.split(separator: "/").last.map(String.init) ?? folder
    }

    /// The lock of the builder; beside the folder, because that is removed and created again.
    var lock: String { folder + ".lock" }

    private var recordPath: String { folder + "/environment.json" }

    /// The environment, if it is finished and its interpreter still exists.
    func finished() -> PythonEnvironment? {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        guard let data = FileManager.default.contents(atPath: recordPath),
            let record = try? decoder.decode(EnvironmentRecord.self, from: data), record.digest == digest
        else { return nil }
        let python = "\(folder)/\(record.folder)/bin/python"
        guard FileManager.default.isExecutableFile(atPath: python) else { return nil }
        return PythonEnvironment(python: python, digest: digest, folder: folder, record: record)
    }

    /// All places of a cache, finished or not.
    static func all(in cache: CacheFolder) -> [EnvironmentSlot] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: cache.environments)) ?? []
        return names.filter { !CacheUse.isLockFile($0) }.sorted().map { EnvironmentSlot($0, in: cache) }
    }

    /// Removes what an interrupted build left; true when there was something.
    func clear() -> Bool {
        guard FileManager.default.fileExists(atPath: folder) else { return false }
        // The record goes first: from then on no one takes the rest for an environment.
        try? FileManager.default.removeItem(atPath: recordPath)
        try? DurableFile.sync(folder)
        // Best effort: the uv of a killed process may write on for a moment, into a folder that no one else uses.
        try? FileManager.default.removeItem(atPath: folder)
        return true
    }

    /// Marks the environment, whose files are on the disk by now, as finished: by one rename.
    func finish(_ record: EnvironmentRecord) throws -> PythonEnvironment {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        do {
            try DurableFile.write(encoder.encode(record), to: recordPath)
        } catch {
            throw EnvironmentFailure.unwritable(recordPath, error)
        }
        let python = "\(folder)/\(record.folder)/bin/python"
        return PythonEnvironment(python: python, digest: digest, folder: folder, record: record)
    }
}
