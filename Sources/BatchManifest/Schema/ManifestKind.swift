import BatchDomain
import FoundationEssentials

/// A kind of YAML file, with the reader that says which keys it has.
///
///     ManifestKind.deployment.schema.json   // the JSON Schema of deployment.yml
package enum ManifestKind: String, CaseIterable, Sendable {
    case endpoint
    case deployment
    case model
    case data
    case environment
    case compute
    case datastore
    case inputs
    case job
    case schedule

    /// The name of the schema's file.
    package var schemaFileName: String { "\(rawValue).schema.json" }

    /// The kind of file, in a sentence about its schema.
    var title: String {
        switch self {
        case .endpoint: "A batch endpoint: batch-endpoint create --file"
        case .deployment: "A batch deployment: batch-deployment create --file"
        case .model: "A model: model create --file"
        case .data: "A data asset: data create --file"
        case .environment: "An environment: environment create --file"
        case .compute: "A compute target: compute create --file"
        case .datastore: "A datastore: datastore create --file"
        case .inputs: "Input, output and settings of a job: batch-endpoint invoke --file"
        case .job: "A batch scoring job: job create --file"
        case .schedule: "A schedule: schedule create --file"
        }
    }

    /// The values of `type` of which each has keys of its own; the last stands for a file with another type or none.
    var types: [String?] {
        switch self {
        case .deployment: ["model", nil]
        case .compute: [ComputeTarget.Kind.ray.rawValue, nil]
        case .datastore: DatastoreManifest.Kind.allCases.map(\.rawValue) + [nil]
        case .endpoint, .model, .data, .environment, .inputs, .job, .schedule: [nil]
        }
    }

    /// The fields that its reader asks for, of a file with nothing but a type.
    func fields(ofType type: String?) throws(ValidationError) -> ManifestFields {
        var document = YAMLDocument()
        if let type { document = try document.setting(path: "type", text: type) }
        // An input and an output have any name.
        if self == .inputs || self == .job {
            document.root = YAMLNode(value: ["inputs": ["*": [:]], "outputs": ["*": [:]]])
        }
        var fields = try ManifestFields(document, noun: rawValue)
        do {
            try read(&fields)
        } catch {
            // An empty file is refused; its keys were asked for all the same.
        }
        return fields
    }

    private func read(_ fields: inout ManifestFields) throws {
        switch self {
        case .endpoint: _ = try EndpointManifest.read(&fields)
        case .deployment: _ = try DeploymentManifest.read(&fields)
        case .model: _ = try ModelManifest.read(&fields)
        case .data: _ = try DataManifest.read(&fields)
        case .environment: _ = try EnvironmentManifest.read(&fields)
        case .compute: _ = try ComputeManifest.read(&fields, now: Date(timeIntervalSince1970: 0))
        case .datastore: _ = try DatastoreManifest.read(&fields, now: Date(timeIntervalSince1970: 0))
        case .inputs: _ = try InvocationManifest.read(&fields)
        case .job: _ = try JobManifest.read(&fields)
        case .schedule:
            let surroundings = ScheduleManifest.Surroundings(now: Date(timeIntervalSince1970: 0), timeZones: [])
            _ = try ScheduleManifest.read(&fields, surroundings)
        }
    }
}
