import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import Glibc
import SystemKit

/// Joins the segments of a job, in input order, into its output file.
struct OutputAssembly: Sendable {
    private let workspace: Workspace
    private let job: String
    private let folder: JobFolder
    private let output: JobOutput
    private let format: RowFormat
    private let python: String

    /// The output of a job.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - workspace: Its workspace.
    ///   - python: The interpreter that joins Parquet; who joins nothing needs none.
    init(of job: Job, in workspace: Workspace, python: String = "") {
        self.workspace = workspace
        self.job = job.name
        folder = workspace.folder.job(job.name)
        output = job.specification.output
        format = job.specification.rowFormat
        self.python = python
    }

    /// Where they are joined, a name in the output's folder: hidden from a script that lists it.
    private var partial: String? { output.fileName.map { ".\($0).partial-\(job)" } }

    /// The output's folder, held open; in the workspace no link leads there.
    ///
    /// - Throws: ``StudioError`` that names a link; ``FileError``.
    private func place(making isMade: Bool = false) throws -> OpenFolder {
        if let way = OutputLocation.way(to: output.folder, in: workspace.folder) {
            if isMade { try workspace.place.makeFolder(way) }
            return try workspace.place.root.folder(way)
        }
        if isMade {
            try FileManager.default.createDirectory(atPath: output.folder, withIntermediateDirectories: true)
        }
        return try OpenFolder(at: output.folder)
    }

    /// Takes the output's place for the job: makes its folder, where a script may write at once, and sees that it can be written.
    ///
    /// - Throws: ``StudioError`` when something not of this job is in the way, or the folder can't be written; ``FileError``.
    func claim() throws {
        let isClaimed = FileManager.default.fileExists(atPath: folder.outputClaim)
        // What a script wrote into the folder before its executor was killed is the job's own.
        if output.file == nil ? !isClaimed : !isAssembled { try OutputLocation.checkFree(output, in: workspace.folder) }
        if isClaimed { return }
        let place: OpenFolder
        do {
            place = try self.place(making: true)
        } catch  where OutOfSpace.isCause(of: error) {
            throw FileError.diskFull(output.folder)
        } catch let error as StudioError {
            throw error
        } catch let error as WorkspaceDisplaced {
            throw error
        } catch {
            let reason = (error as? FileError).map { $0.reason + "." } ?? error.localizedDescription
            throw StudioError(
                .file,
                "The output folder \(output.folder) can't be made: \(reason)",
                advice: "Choose another with --output-path.",
                inStudio: "Choose another output location."
            )
        }
        let probe = partial ?? ".partial-" + job
        let descriptor = place.open(probe, O_WRONLY | O_CREAT)
        guard descriptor >= 0 else { throw FileError(.write, output.folder + "/" + probe) }
        close(descriptor)
        defer { unlinkat(place.descriptor, probe, 0) }
        if partial != nil { try checkDelivery(of: probe, in: place) }
        try DurableFile.write(Data(), to: folder.outputClaim)
    }

    /// Refuses a folder in which a file can't get a name without replacing another: found at the end, that would cost all of the job.
    private func checkDelivery(of probe: String, in place: OpenFolder) throws {
        let name = probe + ".moved"
        unlinkat(place.descriptor, name, 0)
        if place.move(probe, toFree: name) {
            unlinkat(place.descriptor, name, 0)
            return
        }
        let error = FileError(.write, output.folder + "/" + name)
        if error.isDiskFull || error.isDiskError { throw error }
        throw StudioError(
            .file,
            "The output folder \(output.folder) can't hold the output: its file system has no hard links, and no rename that "
                + "replaces no other file.",
            advice: "Choose another with --output-path.",
            inStudio: "Choose another output location."
        )
    }

    /// Joins them beside the output's place: nothing of the output is to be seen before all of it is there.
    ///
    /// - Throws: ``DamagedRows``; ``FileError``.
    func join() async throws {
        guard let partial, !isAssembled else { return }
        do {
            try await write(partial, in: place())
        } catch {
            abandon()
            throw error
        }
    }

    /// Removes what was joined and is not to be delivered.
    func abandon() {
        if let partial, let place = try? place() { unlinkat(place.descriptor, partial, 0) }
    }

    /// Gives what was joined the output's name.
    ///
    /// - Throws: ``StudioError`` with code `alreadyExists` when the name has been taken meanwhile; ``FileError``.
    func deliver() throws {
        guard let name = output.fileName, let file = output.file, let partial else { return }
        let place = try place()
        // It stands already if an executor was killed after the output had its name and before the job was Completed.
        let stands = isAssembled || place.move(partial, toFree: name)
        let failure = errno
        // Before the folder is synced: a second name of an executor that was killed is to be gone for good.
        abandon()
        guard stands else {
            if failure == EEXIST { try OutputLocation.checkFree(output, in: workspace.folder) }
            throw FileError(.write, file, code: failure)
        }
        try DurableFile.sync(place.descriptor, output.folder)
    }

    /// Returns whether the output exists and is this job's.
    private var isAssembled: Bool {
        guard let name = output.fileName, let place = try? place(), let identity = Self.identity(of: name, in: place)
        else { return false }
        return FileManager.default.contents(atPath: folder.outputIdentity) == Data(identity.utf8)
    }

    private static func identity(of name: String, in place: OpenFolder) -> String? {
        place.status(of: name).map(OutputIdentity.text)
    }

    private func write(_ name: String, in place: OpenFolder) async throws {
        let partial = output.folder + "/" + name
        let descriptor = place.open(name, O_WRONLY | O_CREAT | O_TRUNC)
        guard descriptor >= 0 else { throw FileError(.write, partial) }
        defer { close(descriptor) }
        switch format {
        case .csv, .jsonLines:
            try await copySegments(to: descriptor, partial)
        case .csvWithHeader:
            let file = ColumnsFile(of: folder)
            let variants = try file.read()
            let first = try await workspace.firstColumnVariant(of: job)
            try file.check(variants, have: first)
            // Journals of earlier versions name no variant: there was one for all rows.
            let names = first.map { variants[$0] } ?? variants.first
            let header = names.map { CSVText.line($0) } ?? ""
            try DurableFile.write(header.utf8, to: descriptor, partial)
            try await copySegments(to: descriptor, partial)
        case .parquet:
            try await ParquetJoin(workspace: workspace, job: job, folder: folder, python: python).write(to: partial)
        }
        try await DiskWork.run { try DurableFile.sync(descriptor, partial) }
        try DurableFile.write(Data((Self.identity(of: name, in: place) ?? "").utf8), to: folder.outputIdentity)
    }

    private func copySegments(to descriptor: Int32, _ partial: String) async throws {
        var copy = SegmentCopy(folder: folder.segments, output: descriptor, partial: partial)
        defer { copy.close() }
        var last = -1
        while true {
            let page = try await workspace.segments(of: job, after: last, limit: 10_000)
            guard let end = page.last else { break }
            copy = try await DiskWork.run { [copy] in
                var copy = copy
                for (id, segment) in page where segment.bytes > 0 { try copy.append(segment, of: id) }
                return copy
            }
            last = end.id
        }
        try copy.finish()
    }
}
