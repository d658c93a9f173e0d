/// The bytes that the workspace and the user's caches take, and those that are free.
package struct DiskUse: Equatable, Sendable {
    /// All files of the workspace, its input cache included.
    package var workspace: Int
    /// The files of remote inputs that the workspace keeps for later jobs.
    package var inputCache: Int
    /// Python environments and tools, which all workspaces of the user share; nil where that is unknown.
    package var environments: Int?
    /// Free space where the workspace is; nil where that is unknown.
    package var free: Int?

    package init(workspace: Int, inputCache: Int, environments: Int?, free: Int?) {
        self.workspace = workspace
        self.inputCache = inputCache
        self.environments = environments
        self.free = free
    }
}
