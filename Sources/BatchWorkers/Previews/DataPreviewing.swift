package import BatchDomain
import Foundation

/// Reads the head of an input in a process of its own, with the readers that workers have.
package enum DataPreviewing {
    /// The environment that it runs in, built once: the libraries of every format.
    package static let environment = EnvironmentRequest(
        owner: "data previews",
        sources: [
            EnvironmentSource(
                file: "batchstudio's list for data previews",
                pythonVersion: nil,
                requirements: ["pandas>=2.2,<3", "pyarrow>=16", "openpyxl>=3.1,<4", "fastavro>=1.9,<2", "pillow>=10"]
            )
        ]
    )

    /// The script, among the runtime's files.
    package static let script = "preview.py"

    /// The request to the script.
    package struct Request: Equatable, Sendable, Codable {
        /// The folder that paths are relative to, absolute.
        package var root: String
        /// A sample of the files, in input order.
        package var files: [String]
        /// How many files the input has.
        package var totalFiles: Int
        /// The inputs of the model's signature, as the `MLmodel` file has them; nil without one.
        package var signature: String?
        /// How the files are read.
        package var readOptions: ReadOptions
        /// Rows that are shown.
        package var rows: Int

        package init(
            root: String,
            files: [String],
            totalFiles: Int,
            signature: String?,
            readOptions: ReadOptions,
            rows: Int
        ) {
            self.root = root
            self.files = files
            self.totalFiles = totalFiles
            self.signature = signature
            self.readOptions = readOptions
            self.rows = rows
        }

        enum CodingKeys: String, CodingKey {
            case root, files
            case totalFiles = "total_files"
            case signature
            case readOptions = "read_options"
            case rows
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(root, forKey: .root)
            try container.encode(files, forKey: .files)
            try container.encode(totalFiles, forKey: .totalFiles)
            // Null without a signature, not absent: the script's other fields are always there too.
            try container.encode(signature, forKey: .signature)
            try container.encode(readOptions, forKey: .readOptions)
            try container.encode(rows, forKey: .rows)
        }
    }

    /// Runs the script.
    ///
    /// - Parameters:
    ///   - request: What it is asked.
    ///   - python: The interpreter of ``environment``.
    ///   - runtime: The folder of the runtime's files.
    /// - Returns: The preview.
    /// - Throws: ``StudioError`` with the script's last line when it fails; `CancellationError`.
    package static func preview(_ request: Request, python: String, runtime: String) async throws -> DataPreview {
        let file = NSTemporaryDirectory() + "/batchstudio-preview-\(UUID().uuidString).json"
        defer { try? FileManager.default.removeItem(atPath: file) }
        let data = try JSONEncoder().encode(request)
        guard FileManager.default.createFile(atPath: file, contents: data, attributes: [.posixPermissions: 0o600])
        else {
            throw StudioError(
                .file,
                "The data can't be previewed: \(file) can't be written.",
                advice: "Free space in the folder for temporary files, or name another one in TMPDIR."
            )
        }
        let program = runtime + "/" + script
        guard FileManager.default.fileExists(atPath: program) else {
            throw StudioError(
                .environment,
                "The data can't be previewed: \(script) is not among the files of this version's runtime.",
                advice: "Reinstall batchstudio."
            )
        }
        // -I: the user's PYTHONPATH and packages in the home folder would change the environment.
        let process = ToolProcess(
            executable: python,
            arguments: ["-I", "-X", "utf8", program, file],
            variables: ProcessInfo.processInfo.environment.filter { !["PYTHONPATH", "PYTHONHOME"].contains($0.key) }
        )
        let outcome = try await process.run()
        guard outcome.succeeded else {
            throw StudioError(
                .environment,
                "The data can't be previewed: \(outcome.lines.last { !$0.isEmpty } ?? "the reader ended without a word").",
                advice: "Start a job to see what it says of the files."
            )
        }
        return try read(outcome.lines)
    }

    /// The preview in what the script printed: libraries may print lines of their own around it.
    ///
    /// - Throws: ``StudioError`` when there is none.
    package static func read(_ lines: [String]) throws(StudioError) -> DataPreview {
        let decoder = JSONDecoder()
        for line in lines.reversed() where line.hasPrefix("{") {
            if let preview = try? decoder.decode(DataPreview.self, from: Data(line.utf8)) { return preview }
        }
        throw StudioError(
            .environment,
            "The data can't be previewed: the reader answered with something else: \(lines.last?.prefix(200) ?? "nothing")."
        )
    }
}
