import BatchDomain
import TerminalKit

/// A thing of the workspace that the palette opens by its name.
struct StudioObject: Equatable, Sendable {
    /// What it is: `endpoint`.
    var kind: String
    var name: String
    var route: Route
    /// The place on its page.
    var memory: PageMemory?
    /// What tells it from others of its kind and name.
    var id: String

    init(_ kind: String, _ name: String, _ route: Route, memory: PageMemory? = nil, id: String? = nil) {
        (self.kind, self.name, self.route, self.memory) = (kind, name, route, memory)
        self.id = kind + " " + (id ?? name)
    }

    init(_ job: JobOverview) {
        self.init("job", job.title, .job(job.name), id: job.name)
    }

    var command: PaletteCommand { PaletteCommand(id: id, title: name, kind: kind) }

    /// Maximum jobs that are offered at once: those that match what is typed, the newest first.
    static let jobCount = 100
}

/// The palette: the commands that work here, and everything in the workspace by name.
struct StudioPalette: Equatable {
    private let commands: [PaletteCommand]
    private var objects: [StudioObject] = []
    private var jobs: [StudioObject] = []
    var list: CommandPalette

    init(_ commands: [PaletteCommand]) {
        self.commands = commands
        list = CommandPalette(commands)
    }

    /// Takes everything but jobs.
    mutating func receive(_ objects: [StudioObject]) {
        self.objects = objects
        arrange()
    }

    /// Takes the jobs that match a text, unless another one is typed by now.
    mutating func receive(jobs: [StudioObject], for text: String) {
        guard text == list.query else { return }
        self.jobs = jobs
        arrange()
    }

    private mutating func arrange() {
        list.replace(commands + (objects + jobs).map(\.command))
    }

    /// The object of an entry; nil for a command.
    func object(_ id: String) -> StudioObject? { (objects + jobs).first { $0.id == id } }
}
