import BatchDomain
import TerminalKit
import Testing

@testable import StudioUI

struct `The wizard of jobs` {
    private func studio(_ route: Route = .createJob(endpoint: "wine-growers", deployment: nil)) -> Studio {
        var studio = Studio()
        studio.openWizard(route)
        return studio
    }

    private func wizard(_ change: (inout JobAnswers) -> Void) -> JobWizard {
        var wizard = JobWizard(.createJob(endpoint: "wine-growers", deployment: "mlflow"))
        wizard.receive(.endpoint(Samples.endpoint, Samples.deployments))
        wizard.receive(.data(Samples.data))
        wizard.receive(.compute(Samples.compute))
        wizard.draft.asset = "wine-unlabeled:1"
        change(&wizard.draft)
        return wizard
    }

    @Test func `starts a job on the default deployment and registered data`() {
        var studio = studio()
        studio.press("ctrl+n", .enter, .enter, "ctrl+n", "ctrl+n", "f10")
        let expected = Invocation(
            endpointName: "wine-growers",
            deploymentName: "mlflow",
            input: .asset(AssetReference(name: "wine-unlabeled", version: .exact("1")))
        )
        #expect(studio.useCases == [.invoke(expected)])
    }

    @Test func `opens the job`() throws {
        var studio = studio()
        studio.press("ctrl+n", .enter, .enter, "ctrl+n", "ctrl+n", "f10")
        let useCase = try #require(studio.useCases.last)
        let screen = try #require(studio.model.screens.last?.id)
        studio.send(.message(.performed(useCase, screen: screen, .job(Samples.job()), at: Studio.now)))
        #expect(studio.model.page?.route == .job("five"))
    }

    @Test func `overrides settings for this job alone`() {
        let wizard = wizard {
            $0.isOverriding = true
            $0.settings[.miniBatchSize] = "7"
            $0.settings[.environmentVariables] = "A=1"
        }
        #expect(wizard.problems.isEmpty)
        #expect(wizard.invocation.overrides.miniBatchSize == 7)
        #expect(wizard.invocation.overrides.environmentVariables == ["A": "1"])
        #expect(wizard.invocation.overrides.timeout == nil)
    }

    @Test func `says of a setting what the domain says`() {
        let wizard = wizard {
            $0.isOverriding = true
            $0.settings[.timeout] = "0"
        }
        #expect(wizard.problems.map(\.text) == [Setting.timeout.problem(value: "0").description])
    }

    @Test(
        arguments: [
            ("datastore", "azureml://datastores/workspaceblobstore/paths/wine", nil),
            ("datastore", "wine", nil), ("datastore", "", "Name a file or folder"), ("local", "./wine", nil),
            ("local", "", "must not be empty"),
            ("local", "azureml:wine@old", "'latest' is the only one"), ("url", "https://example.org/a.csv", nil),
            ("url", "a.csv", "no URL"),
        ] as [(String, String, String?)]
    )
    func `judges where data lies`(source: String, text: String, expected: String?) {
        let wizard = wizard {
            ($0.source, $0.datastorePath, $0.localPath, $0.url) = (source, text, text, text)
        }
        #expect(wizard.problems.count == (expected == nil ? 0 : 1))
        if let expected { #expect(wizard.problems.first?.text.contains(expected) == true) }
    }

    @Test func `judges where the output goes`() {
        let wizard = wizard {
            ($0.place, $0.outputPath) = ("chosen", "azureml://datastores/workspaceblobstore/paths/../up")
        }
        #expect(wizard.problems.map(\.step) == [JobWizard.Step.output.rawValue])
    }

    @Test func `clones a job's input and settings, not its output place`() throws {
        var studio = studio(.cloneJob("five"))
        var content = Samples.content()
        content.job.specification.overrides.miniBatchSize = 3
        studio.answer(.job("five"), .job(content))
        studio.answer(.endpoint("wine-growers"), .endpoint(Samples.endpoint, Samples.deployments))
        let page = try #require(studio.jobWizard)
        #expect(page.wizard.invocation.input == .local("/data/wine"))
        #expect(page.wizard.invocation.overrides.miniBatchSize == 3)
        #expect(page.wizard.invocation.output == nil)
        #expect(!page.hasSomethingToLose)
        #expect(page.wizard.problems.isEmpty)
    }

    @Test func `goes to the place of a refusal`() throws {
        var studio = studio()
        studio.press("ctrl+n", .enter, .enter, "ctrl+n", "ctrl+n", "f10")
        let useCase = try #require(studio.useCases.last)
        let screen = try #require(studio.model.screens.last?.id)
        let failure = Failure(useCase.activity, StudioError(.notFound, "There is no folder or file."))
        studio.send(.message(.refused(useCase, screen: screen, failure, at: Studio.now)))
        #expect(studio.jobWizard?.step == 1)
        #expect(studio.jobWizard?.form.focused?.error == "There is no folder or file.")
    }

    @Test func `copies the same as a command`() {
        let wizard = wizard {
            ($0.source, $0.localPath, $0.kind) = ("local", "./my data", "uri_folder")
            $0.isOverriding = true
            $0.settings[.miniBatchSize] = "7"
        }
        #expect(
            wizard.script == """
                batchstudio batch-endpoint invoke \\
                  --name wine-growers \\
                  --deployment-name mlflow \\
                  --input './my data' \\
                  --input-type uri_folder \\
                  --set mini_batch_size=7
                """
        )
    }
}
