import BatchDomain
import BatchWorkspace
import Foundation

/// The files that a job has written, each with its path below the folder that a download makes.
struct JobFiles {
    /// A file.
    struct File: Equatable {
        /// Where it lies, absolute.
        var path: String
        /// Where a download puts it, relative.
        var place: String
        /// Its size in bytes.
        var bytes: Int
    }

    private let job: Job
    private let folder: JobFolder

    init(_ job: Job, in folder: WorkspaceFolder) {
        self.job = job
        self.folder = folder.job(job.name)
    }

    /// The output: one file, or all that the script has written.
    var output: [File] {
        let output = job.specification.output
        // Other jobs may write to the same folder under other names, so only the job's own file counts; and the file is a
        // job's own only once it is Completed: before, one of that name is another's.
        if let name = output.fileName {
            return job.state == .completed ? [Self.file(output.folder, name)].compactMap { $0 } : []
        }
        return Self.files(under: output.folder)
    }

    /// The file that a Completed job has written and that is gone; nil for other jobs, and where it is.
    var missingOutput: String? {
        guard job.state == .completed, let path = job.specification.output.file else { return nil }
        return FileManager.default.fileExists(atPath: path) ? nil : path
    }

    /// What tells which files failed and why; there once the job has ended.
    var reports: [File] {
        guard job.state.isTerminal, job.counts.failedFiles > 0 else { return [] }
        let place = (folder.failedFiles as NSString).lastPathComponent
        return [Self.file(folder.path, place)].compactMap { $0 }
    }

    /// The logs, as Azure lays them out.
    var logs: [File] {
        ["user_logs", "logs"].flatMap { name in
            Self.files(under: folder.path + "/" + name).map { file in
                File(path: file.path, place: name + "/" + file.place, bytes: file.bytes)
            }
        }
    }

    /// The file, or the files of the folder, below the last part of its path.
    static func files(at path: String) -> [File] {
        let (parent, name) = ((path as NSString).deletingLastPathComponent, (path as NSString).lastPathComponent)
        if let file = file(parent, name) { return [file] }
        return files(under: path).map { File(path: $0.path, place: name + "/" + $0.place, bytes: $0.bytes) }
    }

    private static func files(under folder: String) -> [File] {
        let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return paths.sorted().compactMap { file(folder, $0) }
    }

    private static func file(_ folder: String, _ place: String) -> File? {
        let path = folder + "/" + place
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            attributes[.type] as? FileAttributeType == .typeRegular
        else { return nil }
        return File(path: path, place: place, bytes: (attributes[.size] as? NSNumber)?.intValue ?? 0)
    }
}
