import BatchDomain
import FoundationEssentials
import TerminalKit
import TestSupport
import Testing

@testable import StudioUI

struct `The wizard of jobs` {
    private func studio(_ route: Route = .createJob(endpoint: "wine-growers", deployment: nil)) -> StudioBench {
        var studio = StudioBench()
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

    @Test func `offers the input of the endpoint's last job first, and leaves what was chosen`() throws {
        let listing = JobWizard.lastJobs(of: "wine-growers")
        var content = Samples.content()
        content.job.specification.input.reference = .asset(AssetReference(name: "wine-unlabeled", version: .exact("1")))
        let slice = JobSlice(total: 1, jobs: [Samples.overview(content.job.name, .completed)])
        var studio = studio()
        studio.answer(.jobs(listing), .jobs(listing, slice))
        #expect(studio.effects.contains { if case .fetch(.job(content.job.name), _) = $0 { true } else { false } })
        studio.answer(.job(content.job.name), .job(content))
        #expect(studio.jobWizard?.wizard.draft.asset == "wine-unlabeled:1")
        #expect(studio.jobWizard?.hasSomethingToLose == false)
        studio.press("ctrl+n", .down, .space)
        #expect(studio.text.contains("last input"))

        var other = self.studio()
        other.press("ctrl+n", .up, .right, .right, .down)
        other.type("/data")
        other.answer(.jobs(listing), .jobs(listing, slice))
        other.answer(.job(content.job.name), .job(content))
        #expect(other.jobWizard?.wizard.draft.input == "/data")
    }

    @Test func `plans a job by the last one`() throws {
        var last = Samples.content().job
        last.state = .completed
        (last.startedAt, last.endedAt) = (StudioBench.now, StudioBench.now.addingTimeInterval(20))
        last.counts.files = 100
        last.specification.settings.maxConcurrencyPerInstance = 1
        var settings = DeploymentSettings()
        (settings.miniBatchSize, settings.maxConcurrencyPerInstance) = (10, 2)
        let plan = JobPlan(files: 3402, settings: settings, last: last)
        #expect(plan.miniBatches == 341)
        #expect(plan.seconds == 340.2)
        expectMessage(plan.text, "wizard/plan")
        expectMessage(JobPlan(files: nil, settings: settings, last: nil).text, "wizard/plan-without-files")
    }

    @Test func `opens the job`() throws {
        var studio = studio()
        studio.press("ctrl+n", .enter, .enter, "ctrl+n", "ctrl+n", "f10")
        let useCase = try #require(studio.useCases.last)
        let screen = try #require(studio.model.screens.last?.id)
        studio.send(.message(.performed(useCase, screen: screen, .job(Samples.job()), at: StudioBench.now)))
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

    @Test func `takes read options beside the input, whether settings are overridden or not`() throws {
        let wizard = wizard {
            $0.settings[.readOptions] = "delimiter=tab\nrename.Alter=age"
            ($0.source, $0.localPath) = (.local, "./data")
        }
        #expect(wizard.problems.isEmpty)
        let options = try #require(wizard.invocation.overrides.readOptions)
        #expect(options[.delimiter] == .text("\t") && options[.rename] == .mapping(["Alter": .text("age")]))
        #expect(wizard.script.hasSuffix("--set read_options.delimiter=tab \\\n  --set read_options.rename.Alter=age"))
    }

    @Test(
        arguments: [
            ("unknown", "delimeter=;"), ("no-pair", "x"), ("twice", "delimiter=;\ndelimiter=,"),
            ("contradiction", "decimal=,\nthousands=,"),
        ]
    )
    func `judges read options in the step of the input`(name: String, text: String) {
        let wizard = wizard { $0.settings[.readOptions] = text }
        expectMessage(wizard.problems.first?.text, "wizard/read-options-\(name)")
        #expect(wizard.problems.map(\.step) == [JobWizard.Step.data.rawValue])
        #expect(wizard.problems.map(\.field) == [Setting.readOptions.key])
        #expect(wizard.previewRequest == nil)
    }

    @Test func `checks the input once for each answer, and tells what is wrong with it`() throws {
        var wizard = wizard { $0.settings[.readOptions] = "delimiter=;" }
        let request = try #require(wizard.previewRequest)
        #expect(wizard.questions(in: JobWizard.Step.data.rawValue) == [.dataPreview(request)])
        #expect(wizard.questions(in: JobWizard.Step.data.rawValue) == [])
        #expect(wizard.notes(of: JobWizard.Step.data.rawValue).first == "● Checking the input…")
        wizard.receive(.dataPreview(request, Samples.dataPreview()))
        let notes = wizard.notes(of: JobWizard.Step.data.rawValue)
        expectMessage(notes.prefix(3).joined(separator: "\n"), "wizard/input-misfit")
        #expect(wizard.problems.isEmpty)
        wizard.draft.settings[.readOptions] = ""
        let next = wizard.questions(in: JobWizard.Step.data.rawValue)
        #expect(next.count == 1)
        // An answer to the earlier question comes too late.
        wizard.receive(.dataPreview(request, Samples.dataPreview()))
        #expect(wizard.notes(of: JobWizard.Step.data.rawValue).first == "● Checking the input…")
        let isOwn = wizard.miss(next[0], Failure("preview", text: "The input is remote."))
        #expect(isOwn)
        expectMessage(wizard.notes(of: JobWizard.Step.data.rawValue).first, "wizard/input-not-checked")
    }

    @Test func `tells how many columns of an input that fits feed the model`() throws {
        var wizard = wizard { _ in }
        let request = try #require(wizard.previewRequest)
        #expect(wizard.questions(in: JobWizard.Step.data.rawValue) == [.dataPreview(request)])
        var preview = Samples.dataPreview(fits: true)
        // One that the input lacks feeds nothing, though the model knows it.
        preview.columns.append(.init(name: "", type: "text", feeds: "shop", verdict: .optional))
        wizard.receive(.dataPreview(request, preview))
        expectMessage(wizard.notes(of: JobWizard.Step.data.rawValue).first, "wizard/input-fits")
        preview.columns = []
        wizard.receive(.dataPreview(request, preview))
        expectMessage(wizard.notes(of: JobWizard.Step.data.rawValue).first, "wizard/input-readable")
    }

    @Test func `checks the input again when the last field is left after it was edited`() throws {
        var studio = studio()
        studio.press("ctrl+n", .enter, .enter)
        let first = try #require(studio.jobWizard?.wizard.previewRequest)
        studio.answer(.dataPreview(first), .dataPreview(first, Samples.dataPreview(fits: true)))
        studio.press(.down, .down)
        studio.type("delimiter=;")
        expectMessage(studio.dataNotes?.first, "wizard/input-not-checked-yet")
        studio.press(.tab)
        #expect(studio.dataNotes?.first == "● Checking the input…")
        let second = try #require(studio.jobWizard?.wizard.previewRequest)
        #expect(studio.previewRequests == [first, second])
        studio.answer(.dataPreview(second), .dataPreview(second, Samples.dataPreview()))
        #expect(studio.dataNotes?.first == "✗ column 'ash' is missing")
    }

    @Test func `checks the input when Next leaves the field that was edited last`() throws {
        var studio = studio()
        studio.press("ctrl+n", .enter, .enter, .down, .down)
        studio.type("delimiter=;")
        studio.press("ctrl+n")
        let request = try #require(studio.jobWizard?.wizard.previewRequest)
        #expect(studio.previewRequests.last == request)
        #expect(request.readOptions?[.delimiter] == .text(";"))
    }

    @Test func `asks before it starts a job whose input does not fit`() throws {
        var studio = studio()
        studio.press("ctrl+n", .enter, .enter)
        let request = try #require(studio.jobWizard?.wizard.previewRequest)
        studio.answer(.dataPreview(request), .dataPreview(request, Samples.dataPreview()))
        studio.press("ctrl+n")
        #expect(studio.jobWizard?.step == JobWizard.Step.output.rawValue)
        #expect(studio.jobWizard?.stepper.steps[JobWizard.Step.data.rawValue].state == .hasErrors)
        studio.press("ctrl+n")
        let text =
            "✗ The input does not fit: column 'ash' is missing; d=2/part-1.csv: line 3 has 2 fields, but the header has 3."
        #expect(studio.jobWizard?.reviewRows.contains(.text("  " + text, .error)) == true)
        studio.press("f10", .enter)
        #expect(studio.useCases.isEmpty)
        studio.press("f10", .right, .enter)
        #expect(studio.useCases.count == 1)
    }

    @Test func `starts without a question while the input is being checked`() {
        var studio = studio()
        studio.press("ctrl+n", .enter, .enter, "ctrl+n", "ctrl+n")
        #expect(studio.jobWizard?.reviewRows.contains(.text("  ● Checking the input…", .muted)) == true)
        studio.press("f10")
        #expect(studio.useCases.count == 1)
    }

    @Test func `says of a setting what the domain says`() {
        let wizard = wizard {
            $0.isOverriding = true
            $0.settings[.timeout] = "0"
        }
        #expect(wizard.problems.map(\.text) == [Setting.timeout.problem(value: "0").studioText])
    }

    @Test(
        arguments: [
            (.datastore, "azureml://datastores/workspaceblobstore/paths/wine", nil),
            (.datastore, "wine", nil), (.datastore, "", "no-path"), (.local, "./wine", nil), (.local, "", "empty"),
            (.local, "azureml:wine@old", "label"), (.url, "https://example.org/a.csv", nil), (.url, "a.csv", "no-url"),
        ] as [(JobAnswers.Source, String, String?)]
    )
    func `judges where data lies`(source: JobAnswers.Source, text: String, problem: String?) {
        let wizard = wizard {
            ($0.source, $0.datastorePath, $0.localPath, $0.url) = (source, text, text, text)
        }
        #expect(wizard.problems.count == (problem == nil ? 0 : 1))
        if let problem { expectMessage(wizard.problems.first?.text, "wizard/data-\(problem)") }
    }

    @Test func `says how data is chosen, and which keys open the list`() {
        var empty = wizard { $0.asset = "" }
        expectMessage(empty.problems.map(\.text).joined(separator: "\n"), "wizard/no-data")
        let data = JobWizard.Step.data.rawValue
        func help(_ wizard: JobWizard) -> String? {
            wizard.fields(of: data).first { $0.id == wizard.inputField }?.field.help
        }
        expectMessage(help(empty), "wizard/help-of-no-data")
        empty.draft.asset = "wine-unlabeled:1"
        expectMessage(help(empty), "wizard/help-of-data")
    }

    @Test func `judges where the output goes`() {
        let wizard = wizard {
            ($0.place, $0.outputPath) = (.chosen, "azureml://datastores/workspaceblobstore/paths/../up")
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
        studio.send(.message(.refused(useCase, screen: screen, failure, at: StudioBench.now)))
        #expect(studio.jobWizard?.step == 1)
        #expect(studio.jobWizard?.form.focused?.error == "There is no folder or file.")
    }

    @Test func `shows a problem of the input at the field of its source`() throws {
        var studio = studio()
        studio.press("ctrl+n", .enter, .enter, "ctrl+n", "ctrl+n", "f10")
        let useCase = try #require(studio.useCases.last)
        let screen = try #require(studio.model.screens.last?.id)
        let problem = Problem(field: "input", value: "wine", rule: "must be a folder or file")
        let failure = Failure(useCase.activity, ValidationError(problem))
        studio.send(.message(.refused(useCase, screen: screen, failure, at: StudioBench.now)))
        #expect(studio.jobWizard?.form.focused?.id == "input.asset")
        #expect(studio.jobWizard?.form.focused?.error == problem.studioText)
    }

    @Test func `keeps its answers as the words of the form`() throws {
        let draft = wizard { ($0.source, $0.kind, $0.recursion) = (.local, .given(.folder), .no) }.draft
        let kept = KeptDraft(draft: draft, step: 1, visited: [0], validated: [], date: StudioBench.now)
        let text = try #require(kept.text)
        for pair in [#""source":"local""#, #""kind":"uri_folder""#, #""recursion":"no""#] {
            #expect(text.contains(pair))
        }
        #expect(KeptDraft<JobAnswers>(text: text)?.draft == draft)
        #expect(KeptDraft<JobAnswers>(text: text.replacing("uri_folder", with: "auto"))?.draft.kind == .found)
    }

    @Test func `copies the same as a command`() {
        let wizard = wizard {
            ($0.source, $0.localPath, $0.kind) = (.local, "./my data", .given(.folder))
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
