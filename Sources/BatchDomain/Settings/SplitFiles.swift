/// The rule by which large files are split into parts, which workers score at the same time.
package enum SplitFiles: Equatable, Sendable {
    /// Files of more than ``automaticSize`` are split.
    case auto
    /// Each file is scored whole by one worker.
    case never
    /// Files of more than so many bytes are split, into parts of about that size at most.
    case size(Int)

    /// Bytes of a file from which it is split where no size is given.
    package static let automaticSize = 64 << 20
    /// Smallest size in bytes that may be given.
    package static let minimum = 4 << 10

    /// Bytes of a file beyond which it is split; nil where none is.
    package var size: Int? {
        switch self {
        case .auto: Self.automaticSize
        case .never: nil
        case .size(let bytes): bytes
        }
    }
}

extension SplitFiles: SettingText {
    var settingText: String {
        switch self {
        case .auto: "auto"
        case .never: "never"
        case .size(let bytes): ByteSize.exactText(bytes)
        }
    }

    init?(settingText: String) {
        switch settingText.lowercased() {
        case "auto": self = .auto
        case "never": self = .never
        default:
            guard let bytes = ByteSize.bytes(of: settingText) else { return nil }
            self = .size(bytes)
        }
    }
}

extension SplitFiles: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let rule = Self(settingText: text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "'\(text)' is no rule for splitting"
            )
        }
        self = rule
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(settingText)
    }
}
