import ArgumentParser
import BatchDomain
import StudioCore

/// Carries out `batchstudio executor install`.
struct ExecutorInstall: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Start the executor when the machine starts, by a systemd user unit.",
        discussion: """
            Example: batchstudio executor install --print

            Without systemd it prints a line for your crontab instead. What it prints on standard output is what it has written.
            """
    )

    @Flag(help: "Only print the unit.")
    var print = false

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let environment = session.surroundings.environment
        let program = ExecutorInstallation.program
        guard print || ExecutorInstallation.hasSystemd else {
            session.report("systemd does not run here. Add this line to your crontab with: crontab -e")
            session.console.output.print(ExecutorUnit.crontabLine(session.folder, program: program) + "\n")
            return
        }
        let unit = ExecutorUnit(session.folder, program: program, environment: environment)
        session.console.output.print(unit.text)
        if print { return }
        let installation = ExecutorInstallation(session.folder, environment: environment)
        try installation.install(unit)
        session.report("Written to \(installation.path), and enabled.")
        session.report("Load it now: systemctl --user daemon-reload")
        session.report("Let it start at boot, without a login: loginctl enable-linger")
    }
}
