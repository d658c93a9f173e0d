package import BatchDomain
import Foundation
import SystemKit

/// The files that make systemd start the executor of a workspace at boot: the unit, and the link that enables it.
package struct ExecutorInstallation: Sendable {
    /// The unit's file.
    package let path: String
    private let link: String
    private let name: String

    /// - Parameters:
    ///   - folder: The workspace.
    ///   - environment: The variables of the caller: where the user's configuration is.
    package init(_ folder: WorkspaceFolder, environment: [String: String]) {
        let home = environment["HOME"] ?? FileManager.default.homeDirectoryForCurrentUser.path
        let config = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.config"
        let units = config + "/systemd/user"
        name = ExecutorUnit.name(of: folder)
        path = units + "/" + name
        link = units + "/default.target.wants/" + name
    }

    /// True where systemd runs this machine.
    package static var hasSystemd: Bool { FileManager.default.fileExists(atPath: "/run/systemd/system") }

    /// This program's file, absolute.
    package static var program: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    }

    /// Writes the unit and enables it; one that was written before is replaced.
    ///
    /// - Throws: ``StudioError`` when a file can't be written.
    package func install(_ unit: ExecutorUnit) throws {
        let manager = FileManager.default
        do {
            try manager.createDirectory(
                atPath: (link as NSString).deletingLastPathComponent,
                withIntermediateDirectories: true
            )
            try DurableFile.write(Array(unit.text.utf8), to: path)
            try? manager.removeItem(atPath: link)
            try manager.createSymbolicLink(atPath: link, withDestinationPath: path)
        } catch {
            throw StudioError(
                .file,
                "The unit \(path) can't be written: \(error)",
                advice: "Check the folder's permissions."
            )
        }
    }

    /// Removes the unit and its link.
    ///
    /// - Returns: Whether there was one.
    /// - Throws: ``StudioError`` when it can't be removed.
    package func uninstall() throws -> Bool {
        try? FileManager.default.removeItem(atPath: link)
        guard FileManager.default.fileExists(atPath: path) else { return false }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw StudioError(
                .file,
                "The unit \(path) can't be removed: \(error)",
                advice: "Check the folder's permissions."
            )
        }
        return true
    }
}
