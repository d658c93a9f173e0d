package import BatchDomain
package import Glibc

/// A path that is neither file nor folder: opening it may wait for ever, and reading it may never end.
package enum SpecialFile: String, Sendable {
    case fifo = "FIFO"
    case socket
    case characterDevice = "character device"
    case blockDevice = "block device"

    /// The kind of a status; nil for files and folders.
    package init?(_ status: stat) {
        switch status.st_mode & S_IFMT {
        case S_IFIFO: self = .fifo
        case S_IFSOCK: self = .socket
        case S_IFCHR: self = .characterDevice
        case S_IFBLK: self = .blockDevice
        default: return nil
        }
    }

    /// Refuses a path, followed where it is a link, that is neither file nor folder; one that is gone is not refused.
    package static func refuse(_ path: String) throws(StudioError) {
        var status = stat()
        guard stat(path, &status) == 0, let kind = SpecialFile(status) else { return }
        throw kind.refusal(of: path)
    }

    /// The refusal to read it as an input.
    package func refusal(of path: String) -> StudioError {
        StudioError(
            .file,
            "\(path) can't be read as an input. Not a regular file: \(rawValue).",
            advice: "Name a file or a folder."
        )
    }
}
