import BatchDomain
import BatchWorkspace
import Foundation
import SystemKit

/// A copy of files to a folder of the user; nothing in it is overwritten unless the user asks for it.
struct FileDownload {
    private let folder: String
    private let overwrites: Bool
    private var files: [(source: String, target: String)] = []

    init(to folder: String, overwrites: Bool) {
        self.folder = folder
        self.overwrites = overwrites
    }

    /// True when there is nothing to copy.
    var isEmpty: Bool { files.isEmpty }

    /// Adds files, to be copied to a subfolder of the target, or without one into it.
    mutating func add(_ listing: OutputListing, under name: String?) {
        let target = name.map { folder + "/" + $0 } ?? folder
        files += listing.files.map { ($0.path, "\(target)/\($0.name)") }
    }

    /// Copies the files; returns the paths of the copies.
    ///
    /// - Throws: ``StudioError`` with code `alreadyExists` before anything is copied when another file is in the way.
    func run() throws -> [String] {
        let manager = FileManager.default
        // A link to nothing is in the way too.
        let present = Set(files.map(\.target).filter { (try? manager.attributesOfItem(atPath: $0)) != nil })
        // A file with the same bytes was downloaded before: that is no reason to refuse.
        let rival = files.first {
            present.contains($0.target) && !manager.contentsEqual(atPath: $0.source, andPath: $0.target)
        }
        if let rival, !overwrites {
            throw StudioError(
                .alreadyExists,
                "\(rival.target) exists already and is another file. Nothing was overwritten.",
                advice: "Choose another folder with --download-path, or pass --overwrite."
            )
        }
        for file in files where overwrites || !present.contains(file.target) {
            let parent = (file.target as NSString).deletingLastPathComponent
            try manager.createDirectory(atPath: parent, withIntermediateDirectories: true)
            try copy(file.source, to: file.target)
        }
        return files.map(\.target)
    }

    /// Copies beside the target and renames, so that an incomplete file never has its final name.
    private func copy(_ source: String, to target: String) throws {
        let partial = target + ".partial-" + UUID().uuidString.prefix(8)
        defer { try? FileManager.default.removeItem(atPath: partial) }
        do throws(FileError) {
            try FileCopy.make(of: source, to: partial)
            try DurableFile.publish(partial, as: target)
        } catch {
            throw StudioError(.file, "\(source) can't be copied to \(target): \(error.reason).")
        }
    }
}
