package import BatchDomain

/// The listing of a job's input, for the job itself and for a preview of it: both read the same files.
extension InputListing {
    /// Lists the files that a job would score.
    ///
    /// - Parameters:
    ///   - input: The job's input, on this machine.
    ///   - scoring: How the job scores.
    ///   - most: Files after which the listing stops.
    /// - Throws: ``StudioError`` when there are none, or the input can't be read.
    package init(for input: JobInput, scoring: Scoring, most: Int = .max) throws {
        let descent = FolderDescent(for: input, scoring: scoring)
        try self.init(of: input.path, into: descent, patterns: input.patterns, most: most)
        if files.isEmpty { throw input.emptiness(foldersPassedOver: foldersPassedOver) }
    }

    /// The notes on what is left out of the input, and on links that lead out of it.
    var notes: [String] {
        let leftOutNote = leftOut > 0 ? LeftOutFiles.standard.note(count: leftOut, found: patternsLeftOut) : nil
        return [leftOutNote, links.note].compactMap { $0 }
    }
}

extension FolderDescent {
    /// The folders of a job's input that are entered.
    init(for input: JobInput, scoring: Scoring) {
        // Patterns say themselves which folders they mean.
        self = input.patterns == nil ? FolderDescent(isRecursive: input.isRecursive, scoring: scoring) : .everywhere
    }
}

extension JobInput {
    /// The sentence on folders that are not entered; nil when there are none.
    func passedOverNote(folders: Int) -> String? {
        guard folders > 0 else { return nil }
        let which = "\(Figures.count(folders, "folder")) in the input \(folders == 1 ? "is" : "are") not scored"
        return isRecursive == nil
            ? "\(which): MLflow models are scored on the files of one folder." : "\(which), as --no-recursive says."
    }

    /// The error for an input without files.
    func emptiness(foldersPassedOver: Int) -> StudioError {
        if let patterns {
            return StudioError(
                .file,
                "No file of the table matches: there is nothing to score. The MLTable file's paths, below \(place), "
                    + "are \(patterns.filter { !$0.hasPrefix("!") }.joined(separator: ", ")).",
                advice: "Correct the paths in the MLTable file and register the data asset again."
            )
        }
        if foldersPassedOver > 0 {
            return StudioError(
                .file,
                "The input folder \(place) holds only folders: MLflow models are scored on the files of one folder.",
                advice: "Name the folder that holds the files, or pass --recursive."
            )
        }
        return StudioError(
            .file,
            "The input folder \(place) is empty: there is nothing to score.",
            advice: "Name the folder that holds the files."
        )
    }
}
