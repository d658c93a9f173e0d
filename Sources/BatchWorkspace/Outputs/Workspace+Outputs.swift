package import BatchDomain
import Foundation

extension Workspace {
    /// The files that lie in a job's output folder, by name, at most a thousand.
    package func outputFiles(of job: String) async throws -> [OutputFile] {
        let job = try await self.job(job)
        // A file at the place of an output belongs to another job until this one is Completed.
        if job.specification.output.fileName != nil, job.state != .completed { return [] }
        let folder = job.specification.output.folder
        guard let names = FileManager.default.enumerator(atPath: folder) else { return [] }
        var files: [OutputFile] = []
        while let name = names.nextObject() as? String, files.count < 1000 {
            guard let attributes = names.fileAttributes, attributes[.type] as? FileAttributeType == .typeRegular
            else { continue }
            files.append(
                OutputFile(
                    name: name,
                    path: folder + "/" + name,
                    bytes: (attributes[.size] as? NSNumber)?.intValue ?? 0,
                    modifiedAt: attributes[.modificationDate] as? Date ?? .distantPast
                )
            )
        }
        return files.sorted { $0.name < $1.name }
    }

    /// The list of a job's failed files, once the job has ended with some.
    package func failedFilesList(of job: String) -> OutputFile? {
        let path = folder.job(job).failedFiles
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
        return OutputFile(
            name: (path as NSString).lastPathComponent,
            path: path,
            bytes: (attributes[.size] as? NSNumber)?.intValue ?? 0,
            modifiedAt: attributes[.modificationDate] as? Date ?? .distantPast
        )
    }
}
