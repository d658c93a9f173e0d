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

    /// The output: one file, or what the script has written, `limit` files at most.
    ///
    /// - Throws: `FileError` when it can't be read.
    package func output(limit: Int = .max) throws -> OutputListing {
        let output = job.specification.output
        // Other jobs may write to the same folder under other names, so only the job's own file counts; and the file is a
        // job's own only once it is Completed: before, one of that name is another's.
        if let name = output.fileName {
            return job.state == .completed ? try OutputListing(name, in: output.folder) : OutputListing()
        }
        return try OutputListing(folder: output.folder, limit: limit)
    }

    /// The path of a Completed job's output file that no longer exists; nil for other jobs, and where it exists.
    package func missingOutput() throws -> String? {
        guard job.state == .completed, let path = job.specification.output.file else { return nil }
        return try output().files.isEmpty ? path : nil
    }

    /// The list of failed files, once the job has ended with some.
    package func reports() throws -> OutputListing {
        guard job.state.isTerminal, job.counts.failedFiles > 0 else { return OutputListing() }
        return try OutputListing((folder.failedFiles as NSString).lastPathComponent, in: folder.path)
    }

    /// The logs, as Azure lays them out.
    package func logs() throws -> OutputListing {
        try ["user_logs", "logs"].reduce(OutputListing()) { logs, name in
            try logs + OutputListing(folder: folder.path + "/" + name).named(name)
        }
    }
}
