import TerminalKit

extension Keymap {
    static let endpoints: [Binding] = [
        Binding(
            .createEndpoint,
            ["c"],
            in: .home,
            .endpoints,
            title: "Create endpoint",
            help: "Steps through a new endpoint with its first deployment.",
            hint: 10
        ),
        Binding(
            .createJob,
            ["i"],
            in: .home,
            .endpoints,
            .endpoint,
            .deployments,
            title: "Create job",
            help: "Starts a batch scoring job, on the default deployment unless another one is chosen.",
            hint: 11
        ),
        Binding(
            .addDeployment,
            ["a"],
            in: .endpoint,
            title: "Add deployment",
            help: "Steps through one more deployment of this endpoint.",
            hint: 12
        ),
        Binding(
            .setDefaultDeployment,
            ["d"],
            in: .endpoint,
            .deployments,
            title: "Update default",
            help: "Picks the deployment that jobs run on unless they name another.",
            hint: 13
        ),
        Binding(
            .testDeployment,
            ["t"],
            in: .endpoint,
            .deployments,
            title: "Test on one file",
            help: "Scores one file as a job would, without a job: rows, prints and times, or why it fails.",
            hint: 14
        ),
        Binding(
            .testDeployment,
            ["t"],
            in: .deploymentTest,
            title: "Another file",
            help: "Asks for another file to test the deployment on.",
            hint: 0,
            isVisible: { $0.page?.isTyping == false }
        ),
        Binding(
            .submit,
            ["ctrl+s", "f10"],
            in: .deploymentTest,
            title: "Score the file",
            help: "Scores the file that was typed; enter does the same.",
            hint: 0,
            isVisible: { $0.page?.isTyping == true }
        ),
        Binding(
            .editEndpoint,
            ["e"],
            in: .endpoint,
            title: "Edit",
            help: "Changes the endpoint's description and tags.",
            hint: 14
        ),
        Binding(
            .editDeployment,
            ["e"],
            in: .deployments,
            title: "Edit deployment",
            help: "Steps through the chosen deployment, to change its model, settings, script or compute target.",
            hint: 14
        ),
        Binding(
            .deleteDeployment,
            ["D"],
            in: .deployments,
            title: "Delete deployment",
            help: "Deletes the chosen deployment; its jobs and their output stay.",
            isDangerous: true,
            hint: 15
        ),
        Binding(
            .deleteEndpoint,
            ["D"],
            in: .endpoints,
            title: "Delete endpoint",
            help: "Deletes the endpoint and its deployments; jobs and their output stay.",
            isDangerous: true,
            hint: 16
        ),
        // On its page D is about the selected deployment or job.
        Binding(
            .deleteEndpoint,
            ["ctrl+d"],
            in: .endpoint,
            title: "Delete endpoint",
            help: "Deletes the endpoint of this page and its deployments; jobs and their output stay.",
            isDangerous: true,
            hint: 16
        ),
    ]
}
