import BatchDomain
import BatchWorkspace
import Foundation
import SystemKit

/// Leaves out of a job's input what was scored before, where the job asks for it.
struct NewFilesFilter: Sendable {
    let job: Job
    let workspace: Workspace

    private var specification: JobSpecification { job.specification }
    private var digests: InputDigests { InputDigests(of: specification.input, in: workspace.folder) }

    /// The files that are new.
    ///
    /// - Parameter listing: The input's files.
    /// - Returns: A note on the others; nil where the job scores all files.
    /// - Throws: ``NothingNew``.
    func apply(to listing: inout InputListing) async throws -> String? {
        guard specification.input.isNewOnly == true else { return nil }
        let all = listing.files.count
        let areNew = try await workspace.areNew(listing.files.map(digests.digest), to: specification)
        listing.keep { areNew[$0] }
        let count = NewFileCount(new: listing.files.count, all: all)
        if let settle = specification.input.settle { listing.keepSettled(for: settle, at: workspace.now()) }
        if listing.files.isEmpty { throw NothingNew(count) }
        return NewFileCount(new: listing.files.count, all: all).note
    }

    /// Does the same to the lists that a fetcher has written: first to its own, then to the job's, whose presence says that both are there.
    ///
    /// - Parameters:
    ///   - unfiltered: The manifest of all files.
    ///   - folder: The job's folder, with the fetcher's list of all files.
    /// - Returns: A note on the others; nil where the job scores all files.
    /// - Throws: ``NothingNew``.
    func applyToRemote(_ unfiltered: String, in folder: JobFolder) async throws -> String? {
        guard specification.input.isNewOnly == true else { return nil }
        let lines = try Data(contentsOf: URL(fileURLWithPath: folder.remoteListing))
        let files = digests.files(ofListing: lines)
        // Files without a known version are always new.
        let versioned = files.indices.filter { files[$0].digest != nil }
        let areNew = try await workspace.areNew(versioned.compactMap { files[$0].digest }, to: specification)
        let known = Set(zip(versioned, areNew).filter { !$0.1 }.map(\.0))
        let count = NewFileCount(new: files.count - known.count, all: files.count)
        if count.new == 0 { throw NothingNew(count) }
        let manifest = try Data(contentsOf: URL(fileURLWithPath: unfiltered))
        try DurableFile.write(Self.lines(of: lines, without: known), to: folder.remoteListing)
        try DurableFile.write(Self.lines(of: manifest, without: known), to: folder.manifest)
        try FileManager.default.removeItem(atPath: unfiltered)
        return count.note
    }

    private static func lines(of text: Data, without left: Set<Int>) -> Data {
        var kept = Data(capacity: text.count)
        for (position, line) in text.split(separator: UInt8(ascii: "\n")).enumerated() where !left.contains(position) {
            kept.append(line)
            kept.append(UInt8(ascii: "\n"))
        }
        return kept
    }
}
