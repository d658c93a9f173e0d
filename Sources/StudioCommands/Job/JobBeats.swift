import BatchDomain
import BatchWorkspace

/// When to look at a job again: after each change of the workspace, and a few times a second for its log, which is a file.
struct JobBeats: Sendable {
    /// How often a log is looked at; a fraction of what a person notices.
    static let interval: Duration = .milliseconds(250)
    /// How long a look is put off after one: a job that commits hundreds of times a second needs its cores itself.
    static let pause: Duration = .milliseconds(100)

    private let folder: WorkspaceFolder

    init(_ folder: WorkspaceFolder) {
        self.folder = folder
    }

    /// Calls the body at once and at each beat, until it says that it has seen enough.
    func each(_ body: () async throws -> Bool) async throws {
        let (beats, send) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let sources = Task { [folder] in
            await withTaskGroup { group in
                group.addTask { for await _ in ChangeFeed(folder).changes() { send.yield() } }
                group.addTask {
                    while (try? await Task.sleep(for: Self.interval)) != nil { send.yield() }
                }
            }
        }
        defer { sources.cancel() }
        for await _ in beats where try await !body() {
            return
        }
    }
}
