/// The head of an input as a job would read it, and how its columns fit a model.
package struct DataPreview: Equatable, Sendable, Codable {
    /// A column of the input, or one that the model needs and the input lacks.
    package struct Column: Equatable, Sendable, Codable {
        /// The name in the file.
        package var name: String
        /// The kind of its values: `text`, `whole number`, `time`.
        package var type: String
        /// How many values are missing in the sample.
        package var missing: Int
        /// A value.
        package var example: String?
        /// The model's column that it becomes; nil where it becomes none.
        package var feeds: String?
        /// How its values become those of the model: `text → double`.
        package var cast: String?
        /// True when it fits.
        package var verdict: Verdict

        package init(
            name: String,
            type: String,
            missing: Int = 0,
            example: String? = nil,
            feeds: String? = nil,
            cast: String? = nil,
            verdict: Verdict = .ok
        ) {
            self.name = name
            self.type = type
            self.missing = missing
            self.example = example
            self.feeds = feeds
            self.cast = cast
            self.verdict = verdict
        }
    }

    /// True when a column fits the model.
    package enum Verdict: Equatable, Sendable {
        case ok
        /// The model has no use for it.
        case unused
        /// The model needs it and the input lacks it.
        case missing
        /// The input lacks it and the model does without it.
        case optional
        /// Its values are not what the model needs; the reason in a sentence.
        case wrong(String)

        /// The word for it.
        package var word: String { name.rawValue }

        /// Why it does not fit; nil for a column that fits or is missing.
        package var reason: String? { if case .wrong(let reason) = self { reason } else { nil } }

        /// The reason where there is one, else the word.
        package var text: String { reason ?? word }

        /// True when a job would fail for it.
        package var isFailure: Bool {
            switch self {
            case .ok, .unused, .optional: false
            case .missing, .wrong: true
            }
        }
    }

    /// The problems of one file of the sample.
    package struct FileProblem: Equatable, Sendable, Codable {
        /// The path below the input's root.
        package var file: String
        /// The problem, in a sentence.
        package var message: String

        package init(file: String, message: String) {
            self.file = file
            self.message = message
        }
    }

    /// The format that was found and its options: `CSV, delimiter ';', UTF-8, header`.
    package var format: String
    /// The values that were assumed or found, in sentences.
    package var notes: [String]
    /// The problems of files.
    package var problems: [FileProblem]
    /// The names over the rows.
    package var header: [String]
    /// The first rows; a missing value is nil.
    package var rows: [[String?]]
    /// The columns.
    package var columns: [Column]

    package init(
        format: String,
        notes: [String] = [],
        problems: [FileProblem] = [],
        header: [String] = [],
        rows: [[String?]] = [],
        columns: [Column] = []
    ) {
        self.format = format
        self.notes = notes
        self.problems = problems
        self.header = header
        self.rows = rows
        self.columns = columns
    }

    /// True when a job would score this input: every needed column is there and fits, and no file of the sample is at fault.
    package var isFit: Bool { problems.isEmpty && !columns.contains { $0.verdict.isFailure } }

    /// How many of the input's columns become columns of the model.
    package var fed: Int { columns.count { $0.feeds != nil && $0.verdict == .ok } }
}

extension DataPreview.Column {
    private enum CodingKeys: String, CodingKey {
        case name, type, missing, example, feeds, cast, verdict, reason
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = try values.decode(String.self, forKey: .name)
        type = try values.decode(String.self, forKey: .type)
        missing = try values.decode(Int.self, forKey: .missing)
        example = try values.decodeIfPresent(String.self, forKey: .example)
        feeds = try values.decodeIfPresent(String.self, forKey: .feeds)
        cast = try values.decodeIfPresent(String.self, forKey: .cast)
        let reason = try values.decodeIfPresent(String.self, forKey: .reason)
        verdict =
            switch try values.decode(DataPreview.Verdict.Name.self, forKey: .verdict) {
            case .ok: .ok
            case .unused: .unused
            case .missing: .missing
            case .optional: .optional
            case .wrong: .wrong(reason ?? "does not fit")
            }
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(name, forKey: .name)
        try values.encode(type, forKey: .type)
        try values.encode(missing, forKey: .missing)
        try values.encode(example, forKey: .example)
        try values.encode(feeds, forKey: .feeds)
        try values.encode(cast, forKey: .cast)
        try values.encode(verdict.name, forKey: .verdict)
        try values.encode(verdict.reason, forKey: .reason)
    }
}

extension DataPreview.Verdict {
    /// A verdict without its reason, as the script of previews writes it.
    fileprivate enum Name: String, Codable {
        case ok, unused, missing, optional, wrong
    }

    fileprivate var name: Name {
        switch self {
        case .ok: .ok
        case .unused: .unused
        case .missing: .missing
        case .optional: .optional
        case .wrong: .wrong
        }
    }
}
