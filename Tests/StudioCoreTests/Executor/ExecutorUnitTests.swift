import BatchDomain
import Foundation
import StudioCore
import TestSupport
import Testing

struct ExecutorUnitTests {
    private static let folder = WorkspaceFolder(path: "/data/a \"b\" 100% $x")
    private static let program = "/opt/batch studio/batchstudio"

    @Test func `Paths are quoted, and no other variables are written`() {
        let environment = ["PATH": "/usr/bin:/a b", "HOME": "/root", "API_TOKEN": "planted"]
        let text = ExecutorUnit(Self.folder, program: Self.program, environment: environment).text
        let start = #"ExecStart="/opt/batch studio/batchstudio" executor serve --workspace "/data/a \"b\" 100%% $$x""#
        #expect(text.split(separator: "\n").contains(Substring(start)))
        #expect(text.contains("\nEnvironment=\"PATH=/usr/bin:/a b\"\n"))
        #expect(!text.contains("planted") && !text.contains("HOME="))
    }

    @Test func `Each workspace has a unit of its own`() {
        let names = ["/a/wine", "/b/wine", "/a/wine ü"].map {
            ExecutorUnit(WorkspaceFolder(path: $0), program: Self.program, environment: [:]).name
        }
        #expect(Set(names).count == 3)
        #expect(names[0].hasPrefix("batchstudio-wine-") && names[0].hasSuffix(".service"))
        #expect(names.joined().utf8.allSatisfy { $0 < 128 })
    }

    @Test func `A crontab's line quotes for the shell and for cron`() {
        let line = ExecutorUnit.crontabLine(Self.folder, program: Self.program)
        let command =
            #"'/opt/batch studio/batchstudio' executor serve --workspace '/data/a "b" 100\% $x' >/dev/null 2>&1"#
        #expect(line == "@reboot " + command)
    }

    @Test func `A unit is installed, replaced and removed with its link`() async throws {
        try await withTemporaryFolder { folder in
            let installation = ExecutorInstallation(Self.folder, environment: ["XDG_CONFIG_HOME": folder])
            for path in ["/usr/bin", "/bin"] {
                let unit = ExecutorUnit(Self.folder, program: Self.program, environment: ["PATH": path])
                try installation.install(unit)
                #expect(try String(contentsOfFile: installation.path, encoding: .utf8) == unit.text)
                let link = folder + "/systemd/user/default.target.wants/" + unit.name
                #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == installation.path)
            }
            #expect(try installation.uninstall())
            #expect(try !installation.uninstall())
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder + "/systemd/user/default.target.wants")
                    .isEmpty
            )
        }
    }
}
