import BatchDomain

/// The names of the sample's model, data, endpoint and deployment, and the places of its files.
struct Sample {
    let model = "wine"
    let data = "wine-unlabeled"
    let endpoint = "wine-batch"
    let deployment = "wine-mlflow"

    /// The folder of the sample in the workspace.
    let folder: String
    var modelFolder: String { folder + "/model" }
    var dataFolder: String { folder + "/unlabeled" }
    var script: String { folder + "/train_wine.py" }

    init(in workspace: WorkspaceFolder) {
        folder = workspace.path + "/sample"
    }
}
