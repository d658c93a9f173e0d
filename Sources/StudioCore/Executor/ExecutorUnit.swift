package import BatchDomain
import FoundationEssentials

/// The systemd user unit that starts the executor of a workspace at boot.
package struct ExecutorUnit: Equatable, Sendable {
    /// The file's name; each workspace has its own.
    package let name: String
    /// The file's content.
    package let text: String

    /// - Parameters:
    ///   - folder: The workspace.
    ///   - program: The program's absolute path.
    ///   - environment: The variables of the caller; the unit takes those that say where programs and caches are, and no secret.
    package init(_ folder: WorkspaceFolder, program: String, environment: [String: String]) {
        name = Self.name(of: folder)
        let variables = ["PATH", "XDG_CACHE_HOME", "XDG_DATA_HOME"].compactMap { key in
            environment[key].map { "Environment=\(Self.quoted("\(key)=\($0)"))\n" }
        }
        // Only what the service manager of a user may do without privileges; no rule against writable code, which Python's libraries need.
        text = """
            [Unit]
            Description=batchstudio executor of \(folder.path.replacing("%", with: "%%").replacing("\n", with: " "))

            [Service]
            Type=exec
            ExecStart=\(Self.word(program)) executor serve --workspace \(Self.word(folder.path))
            \(variables.joined())Restart=on-failure
            RestartSec=5
            KillMode=mixed
            TimeoutStopSec=30
            Delegate=yes
            UMask=0077
            NoNewPrivileges=yes
            LockPersonality=yes
            RestrictRealtime=yes
            RestrictSUIDSGID=yes
            SystemCallArchitectures=native

            [Install]
            WantedBy=default.target

            """
    }

    /// The name of a workspace's unit: its folder's name, and a digest of its path.
    static func name(of folder: WorkspaceFolder) -> String {
        let name = folder.name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        return "batchstudio-\(String(name))-\(SHA256.hexadecimalDigest(of: folder.path).prefix(8)).service"
    }

    /// The line of a crontab that does the same, for machines without systemd.
    package static func crontabLine(_ folder: WorkspaceFolder, program: String) -> String {
        let command = "\(ShellWords.quoted(program)) executor serve --workspace \(ShellWords.quoted(folder.path))"
        // cron takes a percent sign for the end of the command.
        return "@reboot \(command) >/dev/null 2>&1".replacing("%", with: "\\%")
    }

    /// A word of a command line: systemd reads specifiers (`%`) and variables (`$`) even in quotes.
    private static func word(_ text: String) -> String { quoted(text.replacing("$", with: "$$")) }

    private static func quoted(_ text: String) -> String { "\"\(escaped(text))\"" }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("%", with: "%%")
            .replacing("\n", with: "\\n")
    }
}
