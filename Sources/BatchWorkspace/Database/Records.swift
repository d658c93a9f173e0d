import BatchDomain
import GRDB

// The domain's values are Codable, so a column is a property of the same name; nested values are JSON.
// Those with paths are in RelocatableRecord.swift.

extension EnvironmentAsset: FetchableRecord, PersistableRecord {}
extension ComputeTarget: FetchableRecord, PersistableRecord {}
extension Endpoint: FetchableRecord, PersistableRecord {}
extension Schedule: FetchableRecord, PersistableRecord {}
extension ScheduleRun: FetchableRecord, PersistableRecord {}
