import BatchDomain
import Foundation

/// The Python side of the workers, embedded in the binary and written to the cache folder when it is needed.
package enum RuntimeFiles {
    /// Writes the files, unless they are there, and returns their folder.
    ///
    /// - Parameter cache: batchstudio's cache folder, absolute.
    /// - Returns: The folder, named by a digest of the files' contents.
    /// - Throws: The file system's error when the cache can't be written.
    package static func install(in cache: String) throws -> String {
        let manager = FileManager.default
        let folder = cache + "/runtime/" + digest
        if manager.fileExists(atPath: folder) { return folder }
        let staging = folder + ".partial-" + UUID().uuidString
        try manager.createDirectory(
            atPath: staging,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        for (name, bytes) in files {
            try Data(bytes).write(to: URL(fileURLWithPath: staging + "/" + name))
        }
        do {
            try manager.moveItem(atPath: staging, toPath: folder)
        } catch {
            // Another process was quicker; what it wrote is the same.
            try? manager.removeItem(atPath: staging)
            guard manager.fileExists(atPath: folder) else { throw error }
        }
        return folder
    }

    /// The file of the scoring script that is generated for MLflow models.
    package static let generatedScriptName = "mlflow_driver.py"

    /// Its text, for people to read.
    package static var generatedScript: String { String(decoding: PackageResources.mlflow_driver_py, as: UTF8.self) }

    private static let files: [(name: String, bytes: [UInt8])] = [
        ("arrow_rows.py", PackageResources.arrow_rows_py),
        ("azureml_shim.py", PackageResources.azureml_shim_py),
        ("bad_cells.py", PackageResources.bad_cells_py),
        ("batchstudio_runtime.py", PackageResources.batchstudio_runtime_py),
        ("bisection.py", PackageResources.bisection_py),
        ("channel.py", PackageResources.channel_py),
        ("csv_headers.py", PackageResources.csv_headers_py),
        ("csv_numbers.py", PackageResources.csv_numbers_py),
        ("errors.py", PackageResources.errors_py),
        ("fetch_azure.py", PackageResources.fetch_azure_py),
        ("fetch_cache.py", PackageResources.fetch_cache_py),
        ("fetch_errors.py", PackageResources.fetch_errors_py),
        ("fetch_http.py", PackageResources.fetch_http_py),
        ("fetch_s3.py", PackageResources.fetch_s3_py),
        ("fetch_source.py", PackageResources.fetch_source_py),
        ("fetcher.py", PackageResources.fetcher_py),
        ("forking.py", PackageResources.forking_py),
        ("formats.py", PackageResources.formats_py),
        ("host.py", PackageResources.host_py),
        ("lifeline.py", PackageResources.lifeline_py),
        ("manifest.py", PackageResources.manifest_py),
        ("memory_limit.py", PackageResources.memory_limit_py),
        ("mini_batch.py", PackageResources.mini_batch_py),
        ("mlflow_driver.py", PackageResources.mlflow_driver_py),
        ("mlflow_files.py", PackageResources.mlflow_files_py),
        ("mlflow_images.py", PackageResources.mlflow_images_py),
        ("mlflow_model.py", PackageResources.mlflow_model_py),
        ("mlflow_predictions.py", PackageResources.mlflow_predictions_py),
        ("mlflow_tables.py", PackageResources.mlflow_tables_py),
        ("mlflow_tensors.py", PackageResources.mlflow_tensors_py),
        ("mlflow_unchecked.py", PackageResources.mlflow_unchecked_py),
        ("page_cache.py", PackageResources.page_cache_py),
        ("parquet_join.py", PackageResources.parquet_join_py),
        ("rows.py", PackageResources.rows_py),
        ("script.py", PackageResources.script_py),
        ("script_check.py", PackageResources.script_check_py),
        ("segment.py", PackageResources.segment_py),
        ("streams.py", PackageResources.streams_py),
        ("tracking.py", PackageResources.tracking_py),
        ("worker.py", PackageResources.worker_py),
    ]

    private static let digest: String = {
        var digest = SHA256()
        for file in files {
            digest.update(Array(file.name.utf8) + [0])
            digest.update(file.bytes)
        }
        return digest.finalize()
    }()
}
