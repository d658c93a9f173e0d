/// A line of an environment's files that is not carried out, and why.
package struct LeftOutLine: Hashable, Sendable, Codable {
    /// Why a line is not carried out.
    package enum Reason: String, Hashable, Sendable, Codable {
        /// A package of conda that is not a Python package.
        case condaPackage
        /// A file that does not exist.
        case missingFile
        /// A file outside the model's folder.
        case outsideModel
        /// A folder without a `pyproject.toml` or `setup.py`.
        case notAProject
        /// A file beside an environment's conda file, of which only the text is kept.
        case besideEnvironment
        /// An option of pip that uv does not have.
        case unsupportedOption
        /// A text that is neither a requirement nor an option.
        case malformed
        /// Stored by a version that did not keep the reason.
        case unknown
    }

    /// The line as written.
    package var text: String
    /// Why.
    package var reason: Reason

    package init(_ text: String, _ reason: Reason) {
        self.text = text
        self.reason = reason
    }
}

extension LeftOutLine.Reason {
    /// The reason as the end of a sentence that begins with "Left out, since".
    package var clause: String {
        switch self {
        case .condaPackage: "only conda can install them"
        case .missingFile: "the files do not exist"
        case .outsideModel: "the files are outside the model's folder"
        case .notAProject: "there is neither a pyproject.toml nor a setup.py"
        case .besideEnvironment: "files beside a conda file are not kept with an environment"
        case .unsupportedOption: "uv does not have these options of pip"
        case .malformed: "they are neither requirements nor options of pip"
        case .unknown: "pip can't install them here"
        }
    }
}
