package import BatchDomain
import SystemKit

/// Reports when a workspace's folder was renamed or deleted, or when files of it that must stay were replaced.
package final class PlaceWatch: Sendable {
    private static let files = ["studio.sqlite", "executor.lock"]

    private let watch: FileWatch

    /// Calls after each change that may matter; nil when the folder can't be watched.
    ///
    /// A rename of a folder further up is not seen: whoever needs to know asks ``WorkspacePlace/displacement()`` as well.
    package init?(_ folder: WorkspaceFolder, onChange: @escaping @Sendable () -> Void) {
        let events: FileWatch.Events = [.gone, .created, .deleted, .movedOut, .movedIn]
        let watch = FileWatch(of: folder.path, for: events) { _, names in
            if names.contains(where: Self.matters) { onChange() }
        }
        guard let watch else { return nil }
        self.watch = watch
    }

    /// Ends the reports.
    package func stop() { watch.stop() }

    private static func matters(_ name: String) -> Bool {
        name.isEmpty || files.contains { name.hasPrefix($0) }
    }
}
