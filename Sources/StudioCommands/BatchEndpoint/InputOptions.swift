import ArgumentParser
import BatchDomain
import BatchManifest

/// The input of a job, by the flags of today and those of 2021.
struct InputOptions: ParsableArguments {
    @Option(
        help:
            "What to read: azureml:NAME@latest, azureml://datastores/NAME/paths/PATH, https://…, s3://…, abfss://…, a folder or a file.",
        completion: .directory
    )
    var input: String?

    @Option(
        help: "uri_folder, uri_file or mltable; without one, what the input is.",
        completion: .list(DataAsset.Kind.allCases.map(\.rawValue))
    )
    var inputType: String?

    @Flag(
        inversion: .prefixedNo,
        help: "Look into folders within the input; without it, for scripts yes, for MLflow models no, as Azure does."
    )
    var recursive: Bool?

    @Flag(
        inversion: .prefixedNo,
        help: "Leave out the files that a Completed job of the same endpoint and model version has scored."
    )
    var newOnly: Bool?

    @Option(help: ArgumentHelp("Azure's flag of 2021: folder:PLACE or file:PLACE.", visibility: .hidden))
    var inputPath: String?

    @Option(help: ArgumentHelp("Azure's flag of 2021: azureml:NAME:VERSION.", visibility: .hidden))
    var inputDataset: String?

    @Option(help: ArgumentHelp("Azure's flag of 2021: a folder or file.", visibility: .hidden))
    var inputLocalPath: String?

    @Option(help: ArgumentHelp("Azure's flag of 2022.", visibility: .hidden))
    var inputData: String?

    /// The flag that names the input, if one does.
    var flag: String? { given.first?.flag }

    private var given: [(flag: String, text: String)] {
        [
            ("--input", input), ("--input-path", inputPath), ("--input-dataset", inputDataset),
            ("--input-local-path", inputLocalPath), ("--input-data", inputData),
        ].compactMap { flag, text in text.map { (flag: flag, text: $0) } }
    }

    /// The input by the flags, else by the file; local paths absolute.
    ///
    /// - Throws: ``Problem`` when there is no input, more than one, or one that can't be understood.
    func reference(
        in session: Session,
        manifest: InvocationManifest
    ) throws(Problem) -> (DataReference, DataAsset.Kind?) {
        guard let first = given.first else {
            if let input = manifest.input { return (input, try Self.kind(inputType) ?? manifest.inputKind) }
            throw Problem(
                field: "--input",
                rule: "must be given: Input path can't be empty for batch endpoint invoke",
                example: "azureml:wine-unlabeled@latest"
            )
        }
        if given.count > 1 {
            throw Problem(field: given[1].flag, rule: "can't be given together with \(first.flag)")
        }
        var (text, kind) = (first.text, try Self.kind(inputType))
        for (prefix, meant) in [("folder:", DataAsset.Kind.folder), ("file:", .file)]
        where text.hasPrefix(prefix) && !text.hasPrefix("file://") {
            text = String(text.dropFirst(prefix.count))
            kind = kind ?? meant
        }
        switch try DataReference(text, field: first.flag) {
        case .local(let path): return (.local(session.absolute(path)), kind)
        case let reference: return (reference, kind)
        }
    }

    /// The type that `--input-type` names; nil where it is not given.
    ///
    /// - Throws: ``Problem`` when there is no such type.
    static func kind(_ inputType: String?) throws(Problem) -> DataAsset.Kind? {
        guard let inputType else { return nil }
        if let kind = DataAsset.Kind(rawValue: inputType.lowercased()) { return kind }
        throw Problem(
            field: "--input-type",
            value: inputType,
            rule: "must be uri_folder, uri_file or mltable",
            example: "uri_folder"
        )
    }
}
