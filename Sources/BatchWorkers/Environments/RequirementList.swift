import FoundationEssentials

/// A list of requirements as uv takes it: the lines of a file, and the options that stand on the command line.
struct RequirementList: Equatable {
    /// The lines of the file.
    private(set) var lines: [String] = []
    /// The index to use in place of the machine's own.
    private(set) var defaultIndex: String?
    /// Indexes to search besides.
    private(set) var extraIndexes: [String] = []
    private var flags: [String] = []

    /// Where pip and uv find packages by default; a machine's own index is a mirror of it.
    private static let publicIndex = "pypi.org/simple"

    /// - Parameters:
    ///   - requirements: Requirements, options of pip and files of a model.
    ///   - folder: The folder that the files are relative to, absolute.
    ///   - projects: The folder with copies of the projects: a build writes into its project. Without one, they stay in place.
    init(_ requirements: [String], in folder: String?, projects: String? = nil) {
        for line in requirements {
            let words = line.split(separator: " ", maxSplits: 1).map(String.init)
            switch (words[0], words.dropFirst().first) {
            case ("--index-url", let url?): if !Self.isPublic(url) { defaultIndex = url }
            case ("--extra-index-url", let url?): extraIndexes.append(url)
            case ("--pre", nil): flags += ["--prerelease", "allow"]
            case ("--trusted-host", let host?): flags += ["--allow-insecure-host", host]
            case ("--find-links", let place?):
                lines.append("--find-links " + (LocalRequirement(place)?.address(in: folder) ?? place))
            default:
                let local = LocalRequirement(line)
                let place = local?.project(in: folder) == nil ? folder : projects ?? folder
                lines.append(local?.address(in: place) ?? line)
            }
        }
        // Where no private index takes its place, the public one is searched anyway, or the machine's mirror of it.
        if defaultIndex == nil { extraIndexes.removeAll(where: Self.isPublic) }
    }

    /// True when a file of the list names its own indexes.
    var hasIndexes: Bool { defaultIndex != nil || !extraIndexes.isEmpty }

    /// The options for uv, without some of the extra indexes.
    func arguments(without unreachable: Set<String>) -> [String] {
        let indexes = extraIndexes.filter { !unreachable.contains($0) }.flatMap { ["--index", $0] }
        return (defaultIndex.map { ["--default-index", $0] } ?? []) + indexes + flags
    }

    /// The extra index that a message of uv is about.
    func extraIndex(in message: String) -> String? {
        extraIndexes.first { url in
            Self.host(of: url).map { message.contains("/\($0)/") || message.contains("@\($0)/") } == true
        }
    }

    /// The host of a URL with its port, without user and password.
    private static func host(of url: String) -> String? {
        guard let start = url.firstRange(of: "://")?.upperBound else { return nil }
        return url[start...].prefix { $0 != "/" }.split(separator: "@").last.map(String.init)
    }

    private static func isPublic(_ url: String) -> Bool {
        let address = url.split(separator: "://").last ?? ""
        return address == publicIndex || address == publicIndex + "/"
    }
}
