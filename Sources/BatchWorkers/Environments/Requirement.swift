/// One line of what pip is to install, read as far as the policy needs it.
struct Requirement: Hashable, Sendable {
    /// The line as it was given.
    let text: String
    /// The package's name in its one official spelling; nil for options, paths and addresses.
    let name: String?
    /// The version after `==`, `===` or `~=`, when there is exactly one such condition.
    let pin: String?
    /// Everything between name and marker: `[extra]==1.2`.
    private let specification: Substring
    /// From the semicolon on.
    private let marker: Substring

    init(_ line: String) {
        text = line
        let content = line.prefix { $0 != "#" }
        let head = content.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
        let rest = content.dropFirst(head.count)
        specification = rest.prefix { $0 != ";" }
        marker = rest.dropFirst(specification.count)
        let isPackage = head.first.map { $0.isLetter || $0.isNumber } == true
        let isAddress = specification.contains("@") || specification.contains("/")
        name = isPackage && !isAddress ? Self.normalized(head) : nil
        pin = name == nil ? nil : Self.pin(in: specification)
    }

    /// A package's name in its one official spelling: lower case, one hyphen between parts (PEP 503).
    static func normalized(_ name: some StringProtocol) -> String {
        name.lowercased().split { "._-".contains($0) }.joined(separator: "-")
    }

    /// True when exactly one version is accepted.
    var isExact: Bool { pin != nil && specification.contains("==") && pin?.hasSuffix("*") == false }

    /// The pinned version's numbers: `[1, 2, 2]`; nil without a pin.
    var release: [Int]? {
        guard let pin, let version = pin.split(separator: "+").first else { return nil }
        return version.split(separator: ".").prefix { Int($0) != nil }.compactMap { Int($0) }
    }

    /// The same within the minor release, `==1.2.2` as `==1.2.*`; nil where nothing can be relaxed.
    var relaxed: Requirement? {
        // Another version has another hash.
        guard isExact, !text.contains("--hash"), let release, release.count >= 2,
            let start = specification.firstRange(of: "=")
        else { return nil }
        let extras = specification[..<start.lowerBound]
        let end = marker.isEmpty ? "" : " \(marker)"
        return Requirement("\(text.prefix { !"=[ ;".contains($0) })\(extras)==\(release[0]).\(release[1]).*\(end)")
    }

    /// Returns whether its pin is below a version.
    func isPinned(below version: [Int]) -> Bool {
        guard let release, !release.isEmpty else { return false }
        return release.lexicographicallyPrecedes(version)
    }

    private static func pin(in specification: Substring) -> String? {
        let conditions = specification.drop { $0 == "[" || $0 != "=" && $0 != "~" }
        guard !specification.contains(","), !specification.contains("!"), !specification.contains("<"),
            !specification.contains(">"), let operatorEnd = conditions.firstIndex(where: { $0 != "=" && $0 != "~" })
        else { return nil }
        let version = conditions[operatorEnd...].split(separator: " ").first
        return version.map(String.init)
    }
}
