package import BatchDomain
import Foundation
import Glibc

/// A new folder for this process alone, for sockets and for files that are not needed later.
package struct PrivateFolder: Sendable {
    /// Where it is.
    package let path: String

    /// The folders that temporary files may go to: `TMPDIR`, and others for when that can't be written.
    package static var parents: [String] {
        let named = ["TMPDIR", "XDG_RUNTIME_DIR"].compactMap { (name: String) in
            getenv(name).map { String(cString: $0) }
        }
        return named.filter { $0.hasPrefix("/") } + ["/tmp", "/var/tmp", "/dev/shm"]
    }

    /// Makes one in the first folder that allows it.
    ///
    /// - Parameters:
    ///   - name: The beginning of its name.
    ///   - isUsable: Tries what the folder is for; where that fails, the next parent is taken.
    /// - Throws: ``StudioError`` with each parent's reason when none allows it.
    package init(named name: String, isUsable: (String) -> String? = { _ in nil }) throws(StudioError) {
        var reasons: [String] = []
        for parent in Self.parents {
            var template = Array("\(parent)/\(name)-XXXXXX".utf8CString)
            guard let made = mkdtemp(&template) else {
                reasons.append("\(parent): \(String(cString: strerror(errno)))")
                continue
            }
            let folder = String(cString: made)
            guard let reason = isUsable(folder) else {
                path = folder
                return
            }
            rmdir(folder)
            reasons.append("\(parent): \(reason)")
        }
        throw StudioError(
            .environment,
            "No folder for temporary files can be used (\(reasons.joined(separator: "; "))).",
            advice: "Set TMPDIR to a folder that can be written."
        )
    }

    /// Has this process and those that it starts use a folder for temporary files that can be written; returns what was wrong with
    /// the one that is named, if anything.
    ///
    /// Only for a process's start: it changes the environment.
    package static func replaceUnusableTemporaryFolder() -> String? {
        let named = getenv("TMPDIR").map { String(cString: $0) }
        let current = named ?? "/tmp"
        if isWritable(current) { return nil }
        guard let other = parents.first(where: isWritable) else { return nil }
        setenv("TMPDIR", other, 1)
        return "\(named.map { "TMPDIR=\($0)" } ?? current) can't be written: temporary files go to \(other)."
    }

    private static func isWritable(_ folder: String) -> Bool {
        var status = stat()
        return stat(folder, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR && access(folder, W_OK | X_OK) == 0
    }
}
