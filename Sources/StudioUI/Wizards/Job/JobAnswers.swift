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
    /// True when settings of the deployment are overridden.
    var isOverriding = false
    var settings = TypedSettings()
    var source = Source.asset
    /// A registered data asset, `wine-unlabeled:1`.
    var asset = ""
    var datastore = Datastore.defaultName
    /// The path in the datastore.
    var datastorePath = ""
    var localPath = ""
    var url = ""
    /// The type of a path.
    var kind = Kind.found
    /// True when files in folders within the input are scored.
    var recursion = Recursion.standard
    var place = Place.standard
    var outputDatastore = Datastore.defaultName
    /// The path in the datastore.
    var outputPath = ""

    /// Where the input comes from.
    enum Source: String, WizardOption {
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

    /// The type of a path: given, or what is found there.
    enum Kind: WizardOption {
        case found
        case given(DataAsset.Kind)

        static var allCases: [Self] { [.found] + DataAsset.Kind.allCases.map { .given($0) } }

        init?(rawValue: String) {
            if rawValue == "auto" {
                self = .found
            } else if let kind = DataAsset.Kind(rawValue: rawValue) {
                self = .given(kind)
            } else {
                return nil
            }
        }

        var rawValue: String { kind?.rawValue ?? "auto" }
        var title: String { kind?.rawValue ?? "what is found there" }

        /// The type that is requested; nil for what is found there.
        var kind: DataAsset.Kind? { if case .given(let kind) = self { kind } else { nil } }
    }

    /// True when files in folders within the input are scored.
    enum Recursion: String, WizardOption {
        case standard = "auto"
        case yes, no

        var title: String {
            switch self {
            case .standard: "automatic"
            case .yes, .no: rawValue
            }
        }

        /// The value; nil leaves it to the deployment.
        var isRecursive: Bool? { self == .standard ? nil : self == .yes }
    }

    /// Where the output goes.
    enum Place: String, WizardOption {
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

    /// True when an input was chosen or typed.
    var hasInput: Bool {
        source != .asset || !asset.isEmpty || !datastorePath.isEmpty || !localPath.isEmpty || !url.isEmpty
    }

    /// The input as a reference is written.
    var input: String {
        switch source {
        case .datastore: Self.address(datastorePath, in: datastore)
        case .local: localPath
        case .url: url
        case .asset: asset.isEmpty ? "" : "azureml:" + asset
        }
    }
}
