import BatchDomain
import GRDB

// The domain's values are Codable, so a column is a property of the same name; nested values are JSON.

extension Model: FetchableRecord, PersistableRecord {}
extension DataAsset: FetchableRecord, PersistableRecord {}
extension EnvironmentAsset: FetchableRecord, PersistableRecord {}
extension Datastore: FetchableRecord, PersistableRecord {}
extension ComputeTarget: FetchableRecord, PersistableRecord {}
extension Endpoint: FetchableRecord, PersistableRecord {}
extension Deployment: FetchableRecord, PersistableRecord {}
