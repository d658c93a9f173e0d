package import BatchDomain
import GRDB

extension Workspace {
    /// The input of a job, for a preview of it; nothing is recorded.
    ///
    /// - Parameters:
    ///   - request: What to read.
    ///   - table: What the `MLTable` file of a local table says.
    /// - Returns: The input, and what a registered table's file said.
    /// - Throws: ``StudioError`` when the input is not there, or not on this machine.
    package func previewInput(
        _ request: DataPreviewRequest,
        table: MLTable?
    ) async throws -> (input: JobInput, table: MLTable?) {
        var invocation = Invocation(endpointName: "", input: request.input, inputKind: request.inputKind)
        invocation.isRecursive = request.isRecursive
        invocation.table = table
        return try await database.read { [invocation] db in
            let table = try Self.table(of: invocation, db)
            let input = try Self.input(of: invocation, table: table, jobName: "preview", folder: folder, db)
            guard input.remote == nil else {
                throw StudioError(
                    .file,
                    "The input \(input.place) is remote: previews read files of this machine.",
                    advice: "Copy one of its files here and preview that, or start a job on it."
                )
            }
            return (input, table)
        }
    }
}
