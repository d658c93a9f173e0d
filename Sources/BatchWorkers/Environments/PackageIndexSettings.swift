import FoundationEssentials

/// The user's settings for pip, as variables of uv, which reads only its own.
struct PackageIndexSettings {
    /// The process's environment.
    let variables: [String: String]
    /// The texts of pip's configuration files, the weakest first.
    let configurations: [String]

    /// The variables to add for uv; settings for uv itself are never overridden.
    var uvVariables: [String: String] {
        var result: [String: String] = [:]
        for rule in Self.rules where rule.uv.allSatisfy({ variables[$0] == nil }) {
            guard let value = pipValue(rule.pip), !value.isEmpty, let name = rule.uv.first else { continue }
            result[name] = rule.convert(value)
        }
        // uv takes a package from the first index that has its name, further ones first: a stranger's package of that name on a public
        // index is not taken. pip chooses the newest among all of them.
        if let strategy = variables[Self.strategyVariable], !strategy.isEmpty, variables["UV_INDEX_STRATEGY"] == nil {
            result["UV_INDEX_STRATEGY"] = strategy == "pip" ? "unsafe-best-match" : strategy
        }
        return result
    }

    /// The settings of this process's user.
    static func current(_ variables: [String: String]) -> PackageIndexSettings {
        let home = CacheFolder.home(variables)
        let own = variables["XDG_CONFIG_HOME"] ?? "\(home)/.config"
        // A uv.toml has all settings that uv needs.
        let isUVConfigured = ["\(own)/uv/uv.toml", "/etc/uv/uv.toml"].contains {
            FileManager.default.fileExists(atPath: $0)
        }
        let files = ["/etc/pip.conf", "\(home)/.pip/pip.conf", "\(own)/pip/pip.conf", variables["PIP_CONFIG_FILE"]]
        let texts = files.compactMap { $0 }.compactMap { path in
            FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
        }
        return PackageIndexSettings(variables: variables, configurations: isUVConfigured ? [] : texts)
    }

    /// The variable that chooses among indexes: `pip`, or a strategy of uv's.
    static let strategyVariable = "BATCHSTUDIO_INDEX_STRATEGY"

    private struct Rule {
        /// pip's name as in its configuration file.
        let pip: String
        /// uv's name for it, then other names for the same; none must be set.
        let uv: [String]
        /// How several values are written.
        var convert: @Sendable (String) -> String = { $0 }
    }

    private static let rules = [
        Rule(pip: "index-url", uv: ["UV_DEFAULT_INDEX", "UV_INDEX_URL"]),
        Rule(pip: "extra-index-url", uv: ["UV_INDEX", "UV_EXTRA_INDEX_URL"], convert: words(separator: " ")),
        Rule(pip: "find-links", uv: ["UV_FIND_LINKS"], convert: words(separator: ",")),
        Rule(pip: "no-index", uv: ["UV_NO_INDEX"]),
        Rule(pip: "trusted-host", uv: ["UV_INSECURE_HOST"], convert: words(separator: " ")),
        Rule(pip: "cert", uv: ["SSL_CERT_FILE"]),
        Rule(pip: "client-cert", uv: ["SSL_CLIENT_CERT"]),
        Rule(pip: "proxy", uv: ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]),
        Rule(pip: "timeout", uv: ["UV_HTTP_TIMEOUT"]),
    ]

    private static func words(separator: String) -> @Sendable (String) -> String {
        { $0.split(whereSeparator: \.isWhitespace).joined(separator: separator) }
    }

    private func pipValue(_ name: String) -> String? {
        let variable = "PIP_" + name.uppercased().split(separator: "-").joined(separator: "_")
        if let value = variables[variable] { return value }
        return configurations.reversed().lazy.compactMap { Self.value(of: name, in: $0) }.first
    }

    /// The value of a setting in the sections that `pip install` reads; further lines are indented.
    private static func value(of name: String, in configuration: String) -> String? {
        var section = ""
        var value: String?
        var isContinued = false
        for line in configuration.split(whereSeparator: \.isNewline) {
            let content = line.drop(while: \.isWhitespace)
            guard let first = content.first, first != "#", first != ";" else { continue }
            if first == "[" {
                section = String(content.dropFirst().prefix { $0 != "]" })
                isContinued = false
            } else if isContinued, line.first?.isWhitespace == true {
                value = (value ?? "") + " " + content
            } else if let equals = content.firstIndex(of: "="), ["global", "install"].contains(section) {
                let key = content[..<equals].split(whereSeparator: \.isWhitespace).joined()
                isContinued = key.split(separator: "_").joined(separator: "-") == name
                if isContinued { value = String(content[content.index(after: equals)...].drop(while: \.isWhitespace)) }
            } else {
                isContinued = false
            }
        }
        return value
    }
}
