/// A Python environment as one file describes it.
package struct EnvironmentSource: Hashable, Sendable {
    /// The file it was read from, relative to its model or asset: `conda.yaml`.
    package var file: String
    /// The Python asked for: `3.11.7`, `3.11`, or nil when the file does not say.
    package var pythonVersion: String?
    /// The packages to install: requirements, options of pip, and files of the model (`./wheels/a.whl`), in the file's order.
    package var requirements: [String]
    /// Versions that bound what is installed, from the files named with `-c`.
    package var constraints: [String]
    /// Lines that are not carried out.
    package var leftOut: [LeftOutLine]
    /// The file that the `MLmodel` file names; set where it does not exist and this one is used.
    package var standsInFor: String?

    package init(
        file: String,
        pythonVersion: String?,
        requirements: [String],
        constraints: [String] = [],
        leftOut: [LeftOutLine] = [],
        standsInFor: String? = nil
    ) {
        self.file = file
        self.pythonVersion = pythonVersion
        self.requirements = requirements
        self.constraints = constraints
        self.leftOut = leftOut
        self.standsInFor = standsInFor
    }
}

extension EnvironmentSource: Codable {
    private enum CodingKeys: String, CodingKey {
        case file, pythonVersion, requirements, constraints, leftOut, standsInFor
        /// The lines that were left out, in workspaces of earlier versions.
        case ignored
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let ignored = try values.decodeIfPresent([String].self, forKey: .ignored) ?? []
        self.init(
            file: try values.decode(String.self, forKey: .file),
            pythonVersion: try values.decodeIfPresent(String.self, forKey: .pythonVersion),
            requirements: try values.decode([String].self, forKey: .requirements),
            constraints: try values.decodeIfPresent([String].self, forKey: .constraints) ?? [],
            leftOut: try values.decodeIfPresent([LeftOutLine].self, forKey: .leftOut)
                ?? ignored.map { LeftOutLine($0, .unknown) },
            standsInFor: try values.decodeIfPresent(String.self, forKey: .standsInFor)
        )
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(file, forKey: .file)
        try values.encodeIfPresent(pythonVersion, forKey: .pythonVersion)
        try values.encode(requirements, forKey: .requirements)
        try values.encode(constraints, forKey: .constraints)
        try values.encode(leftOut, forKey: .leftOut)
        try values.encodeIfPresent(standsInFor, forKey: .standsInFor)
    }
}

/// The environment that a job needs: one or more descriptions of it, the one to try first first.
package struct EnvironmentRequest: Hashable, Sendable, Codable {
    /// Whose environment it is, for messages: `model wine:1`.
    package var owner: String
    /// The descriptions; they disagree in many published models.
    package var sources: [EnvironmentSource]
    /// The day the owner was made (UTC, `2024-03-01`); lets a second try choose packages of that time.
    package var dated: String?
    /// The folder that the sources' files are relative to, absolute; nil where they name none.
    package var folder: String?

    package init(owner: String, sources: [EnvironmentSource], dated: String? = nil, folder: String? = nil) {
        self.owner = owner
        self.sources = sources
        self.dated = dated
        self.folder = folder
    }
}
