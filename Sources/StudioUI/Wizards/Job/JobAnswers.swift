import BatchDomain

/// Everything that the wizard of jobs asks for, as it was typed.
struct JobAnswers: Codable, Equatable {
    /// The endpoint; empty until a job that is cloned is known.
    var endpoint = ""
    /// The deployment; empty until the endpoint's default is known.
    var deployment = ""
    var displayName = ""
    /// Labels of the job, `owner=anna`, a line each.
    var tags = ""
    /// Whether settings of the deployment are overridden.
    var isOverriding = false
    var settings = TypedSettings()
    var source = Source.asset.rawValue
    /// A registered data asset, `wine-unlabeled:1`.
    var asset = ""
    var datastore = Datastore.defaultName
    /// The path in the datastore.
    var datastorePath = ""
    var localPath = ""
    var url = ""
    /// What a path is: a file, a folder, or what is found there.
    var kind = "auto"
    /// Whether folders within the input are looked into: `auto` does as Azure.
    var recursion = Recursion.standard.rawValue
    var place = Place.standard.rawValue
    var outputDatastore = Datastore.defaultName
    /// The path in the datastore.
    var outputPath = ""

    /// Where the input comes from.
    enum Source: String, CaseIterable {
        case asset, datastore, local, url

        var title: String {
            switch self {
            case .asset: "Data asset"
            case .datastore: "Datastore path"
            case .local: "Local path"
            case .url: "URL"
            }
        }
    }

    /// Whether folders within the input are looked into.
    enum Recursion: String, CaseIterable {
        case standard = "auto"
        case yes, no

        var title: String {
            switch self {
            case .standard: "as Azure does"
            case .yes, .no: rawValue
            }
        }

        /// What is asked for; nil leaves it to the deployment.
        var isRecursive: Bool? { self == .standard ? nil : self == .yes }
    }

    /// Where the output goes.
    enum Place: String, CaseIterable {
        case standard, chosen

        var title: String {
            switch self {
            case .standard: "Default folder"
            case .chosen: "A folder in a datastore"
            }
        }
    }

    /// Where the output goes, where it is chosen, as a reference is written.
    var output: String { Self.address(outputPath, in: outputDatastore) }

    /// A path in a datastore as a reference is written; a whole reference is taken as it is.
    private static func address(_ path: String, in datastore: String) -> String {
        path.hasPrefix("azureml://") ? path : DatastorePath(datastore: datastore, path: path).description
    }

    /// The input as a reference is written.
    var input: String {
        switch Source(rawValue: source) {
        case .datastore: Self.address(datastorePath, in: datastore)
        case .local: localPath
        case .url: url
        case .asset, nil: asset.isEmpty ? "" : "azureml:" + asset
        }
    }
}
