package import BatchDomain
import Foundation

/// The files that a job has written, named as a download lays them out.
package struct JobFiles {
    private let job: Job
    private let folder: JobFolder

    package init(_ job: Job, in folder: WorkspaceFolder) {
        self.job = job
        self.folder = folder.job(job.name)
    }

    /// The output: one file, or all that the script has written; `limit` files at most.
    package func output(limit: Int = .max) -> [OutputFile] {
        let output = job.specification.output
        // Other jobs may write to the same folder under other names, so only the job's own file counts; and the file is a
        // job's own only once it is Completed: before, one of that name is another's.
        if let name = output.fileName {
            return job.state == .completed ? [OutputFile(name, in: output.folder)].compactMap { $0 } : []
        }
        return OutputFile.all(in: output.folder, limit: limit)
    }

    /// The path of a Completed job's output file that no longer exists; nil for other jobs, and where it exists.
    package var missingOutput: String? {
        guard job.state == .completed, let path = job.specification.output.file else { return nil }
        return FileManager.default.fileExists(atPath: path) ? nil : path
    }

    /// The list of failed files, once the job has ended with some.
    package var reports: [OutputFile] {
        guard job.state.isTerminal, job.counts.failedFiles > 0 else { return [] }
        return [OutputFile((folder.failedFiles as NSString).lastPathComponent, in: folder.path)].compactMap { $0 }
    }

    /// The logs, as Azure lays them out.
    package var logs: [OutputFile] {
        ["user_logs", "logs"].flatMap { name in
            OutputFile.all(in: folder.path + "/" + name).map { $0.named(name + "/" + $0.name) }
        }
    }
}
