import BatchDomain
import Foundation
package import Glibc

/// The identity of a job's finished output file, which distinguishes it from any other of its name.
package enum OutputIdentity {
    /// Inode, size and time of the last write: what a file keeps when it gets another name.
    ///
    /// Its device is left out: it may have another number after a reboot.
    package static func text(of status: stat) -> String {
        "\(status.st_ino) \(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    }

    /// Removes the output file of a job, if it is still the one that the job has written.
    static func removeOutput(of job: Job, in folder: JobFolder) {
        let output = job.specification.output
        var status = stat()
        guard job.state == .completed, let file = output.file, lstat(file, &status) == 0,
            status.st_mode & S_IFMT == S_IFREG,
            FileManager.default.contents(atPath: folder.outputIdentity) == Data(text(of: status).utf8)
        else { return }
        unlink(file)
        // The folders that are named by the job, unless something else is in them.
        if output.location == DatastorePath(datastore: Datastore.defaultName, path: job.name + "/score") {
            rmdir(output.folder)
            rmdir((output.folder as NSString).deletingLastPathComponent)
        }
    }
}
