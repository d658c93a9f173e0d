import BatchDomain
import TerminalKit

@testable import StudioUI

extension PageCase {
    private static func wizard(
        _ name: String,
        _ route: Route,
        _ steps: @escaping @Sendable (inout StudioBench) -> Void
    ) -> PageCase {
        PageCase(name: name) { studio in
            studio.openWizard(route)
            steps(&studio)
            studio.dismissToasts()
        }
    }

    private static let job = Route.createJob(endpoint: "wine-growers", deployment: nil)

    /// Every step of the wizards.
    static let wizards = jobAndEndpointSteps + scheduleSteps

    private static let jobAndEndpointSteps: [PageCase] = [
        wizard("endpoint-1", .createEndpoint) { _ in },
        wizard("endpoint-1-errors", .createEndpoint) { studio in
            studio.type("a b")
            studio.press("ctrl+n")
        },
        wizard("endpoint-1-existing", .addDeployment(endpoint: "wine-growers")) { _ in },
        wizard("endpoint-2", .createEndpoint) { studio in
            studio.type("wine-two")
            studio.press("ctrl+n")
        },
        wizard("endpoint-2-list", .createEndpoint) { studio in
            studio.type("wine-two")
            studio.press("ctrl+n", .enter)
        },
        wizard("endpoint-2-reset", .createEndpoint) { studio in
            studio.fillEndpointAndModel(model: "taxi")
            studio.press("alt+2", .space)
            studio.type("wine:1")
            studio.press(.enter)
        },
        wizard("endpoint-3", .createEndpoint) { $0.fillEndpointAndModel() },
        wizard("endpoint-4-generated", .createEndpoint) { studio in
            studio.fillEndpointAndModel()
            studio.press("alt+4")
        },
        wizard("endpoint-4-own", .createEndpoint) { studio in
            studio.fillEndpointAndModel(model: "taxi")
            studio.press("ctrl+n", "ctrl+n")
        },
        wizard("endpoint-4-reading", .createEndpoint) { studio in
            studio.fillEndpointAndModel()
            studio.press("alt+4", .tab, .tab, .enter, .enter)
        },
        wizard("endpoint-5", .createEndpoint) { studio in
            studio.fillEndpointAndModel()
            studio.press("ctrl+n")
        },
        wizard("endpoint-6", .createEndpoint) { studio in
            studio.fillEndpointAndModel()
            studio.press("alt+6", .down)
        },
        wizard("endpoint-6-script", .createEndpoint) { studio in
            studio.fillEndpointAndModel()
            studio.press("alt+6", .end)
        },
        wizard("endpoint-6-creating", .createEndpoint) { studio in
            studio.fillEndpointAndModel()
            studio.press("alt+6", "f10")
        },
        wizard("deployment-edit-3", .editDeployment(endpoint: "wine-growers", deployment: "mlflow")) { studio in
            studio.press("ctrl+n")
        },
        wizard("endpoint-steps", .createEndpoint) { studio in
            studio.fillEndpointAndModel()
            studio.press("ctrl+g")
        },
        wizard("job-2-refused", job) { studio in
            let error = StudioError(.notFound, "There is no folder or file on target path /data.")
            studio.checkFailure = Failure("check", error)
            studio.press("ctrl+n", .up, .right, .right, .down)
            studio.type("/data")
            studio.press("ctrl+n")
        },
        wizard("endpoint-4-refused", .createEndpoint) { studio in
            studio.fillEndpointAndModel(model: "taxi")
            let folder = Problem(field: "code_configuration.code", value: "./code", rule: "is not there")
            studio.checkFailure = Failure("check", ValidationError(folder))
            studio.press("ctrl+n")
            studio.type("./code")
            studio.press(.tab)
            studio.type("score.py")
            studio.press(.tab, .enter, .enter, "ctrl+n")
        },
        wizard("job-1", job) { _ in },
        wizard("job-1-override", job) { $0.press(.down, .down, .space) },
        wizard("job-2", job) { $0.press("ctrl+n") },
        wizard("job-2-check", job) { studio in
            studio.checkInput()
        },
        wizard("job-4-check", job) { studio in
            studio.checkInput()
            studio.press("ctrl+n", "ctrl+n")
        },
        wizard("job-4-anyway", job) { studio in
            studio.checkInput()
            studio.press("ctrl+n", "ctrl+n", "f10")
        },
        wizard("job-2-options", job) { studio in
            studio.press("ctrl+n", .enter, .enter, .down, .down)
            studio.type("delimeter=;")
            studio.press("ctrl+n")
        },
        wizard("job-2-local", job) { $0.press("ctrl+n", .up, .right, .right, "ctrl+n") },
        wizard("job-3", job) { $0.press("ctrl+n", .enter, .enter, "ctrl+n") },
        wizard("job-3-chosen", job) { $0.press("ctrl+n", .enter, .enter, "ctrl+n", .right) },
        wizard("job-4", job) { $0.press("ctrl+n", .enter, .enter, "ctrl+n", "ctrl+n") },
    ]
}
