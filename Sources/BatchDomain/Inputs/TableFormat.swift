/// A table whose folder holds more files than the table: they can't be scored as they lie there.
package enum TableFormat: String, Sendable {
    /// Named by its folder `_delta_log`.
    case delta = "a Delta table"
    /// Named by `metadata/….metadata.json` beside `data`.
    case iceberg = "an Iceberg table"

    /// Why the folder is refused.
    package func refusal(of folder: String) -> StudioError {
        StudioError(
            .file,
            "\(folder) is \(rawValue): stale files that the table no longer has would be scored too.",
            advice: "Export the table as Parquet into a folder of its own, and name that folder as the input."
        )
    }
}
