@testable import StudioUI

/// The use cases that both faces perform, one for each case of ``UseCase``.
enum Verb: CaseIterable {
    case createEndpoint
    case updateEndpoint
    case setDefaultDeployment
    case setBaseline
    case deleteEndpoint
    case deploy
    case updateDeployment
    case createEndpointAndDeploy
    case deleteDeployment
    case registerModel
    case registerData
    case createEnvironment
    case saveCompute
    case deleteCompute
    case createDatastore
    case deleteDatastore
    case createSample
    case deleteAsset
    case invoke
    case cancelJob
    case resumeJob
    case retryFailed
    case deleteJob
    case archiveAsset
    case archiveJob
    case createSchedule
    case setScheduleEnabled
    case triggerSchedule
    case deleteSchedule
}

extension UseCase {
    /// The verb: a new case does not compile before it has one, and then fails the test until it has rows.
    var verb: Verb {
        switch self {
        case .createEndpoint: .createEndpoint
        case .updateEndpoint: .updateEndpoint
        case .setDefaultDeployment: .setDefaultDeployment
        case .setBaseline: .setBaseline
        case .deleteEndpoint: .deleteEndpoint
        case .deploy: .deploy
        case .updateDeployment: .updateDeployment
        case .createEndpointAndDeploy: .createEndpointAndDeploy
        case .deleteDeployment: .deleteDeployment
        case .registerModel: .registerModel
        case .registerData: .registerData
        case .createEnvironment: .createEnvironment
        case .saveCompute: .saveCompute
        case .deleteCompute: .deleteCompute
        case .createDatastore: .createDatastore
        case .deleteDatastore: .deleteDatastore
        case .createSample: .createSample
        case .deleteAsset: .deleteAsset
        case .invoke: .invoke
        case .cancelJob: .cancelJob
        case .resumeJob: .resumeJob
        case .retryFailed: .retryFailed
        case .deleteJob: .deleteJob
        case .archiveAsset: .archiveAsset
        case .archiveJob: .archiveJob
        case .createSchedule: .createSchedule
        case .setScheduleEnabled: .setScheduleEnabled
        case .triggerSchedule: .triggerSchedule
        case .deleteSchedule: .deleteSchedule
        // Several of one kind, one after the other.
        case .each(let changes): changes.first?.verb ?? .archiveJob
        }
    }
}
