import BatchDomain
import Foundation

/// The files that a job has written, named as a download lays them out.
struct JobFiles {
    private let job: Job
    private let folder: JobFolder

    init(_ job: Job, in folder: WorkspaceFolder) {
        self.job = job
        self.folder = folder.job(job.name)
    }

    /// The output: one file, or all that the script has written.
    ///
    /// - Throws: `FileError` when it can't be read.
    func output() throws -> OutputListing {
        let output = job.specification.output
        // Other jobs may write to the same folder under other names, so only the job's own file counts; and the file is a
        // job's own only once it is Completed: before, one of that name is another's.
        if let name = output.fileName {
            return job.state == .completed ? try OutputListing(name, in: output.folder) : OutputListing()
        }
        return try OutputListing(folder: output.folder)
    }

    /// The path of a Completed job's output file that no longer exists; nil for other jobs, and where it exists.
    func missingOutput() throws -> String? {
        guard job.state == .completed, let path = job.specification.output.file else { return nil }
        return try output().files.isEmpty ? path : nil
    }

    /// The list of failed files, once the job has ended with some.
    func reports() throws -> OutputListing {
        guard job.state.isTerminal, job.counts.failedFiles > 0 else { return OutputListing() }
        return try OutputListing((folder.failedFiles as NSString).lastPathComponent, in: folder.path)
    }

    /// The logs, as Azure lays them out.
    func logs() throws -> OutputListing {
        try ["user_logs", "logs"].reduce(OutputListing()) { logs, name in
            try logs + OutputListing(folder: folder.path + "/" + name).named(name)
        }
    }
}
