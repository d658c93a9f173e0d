import BatchDomain
import TerminalKit
import Testing

@testable import StudioUI

/// A page as it is once everything is there.
struct PageCase: Sendable, CustomTestStringConvertible {
    let name: String
    let prepare: @Sendable (inout StudioBench) -> Void

    var testDescription: String { name }

    /// The studio with this page on top.
    func studio(size: Size, colors: ColorDepth = .direct) -> StudioBench {
        var studio = StudioBench(size: size, colors: colors)
        prepare(&studio)
        return studio
    }

    /// Opens a section.
    private static func section(
        _ name: String,
        _ section: Section,
        _ query: Query,
        _ content: Content,
        preview: PreviewContent? = nil
    ) -> PageCase {
        PageCase(name: name) { studio in
            _ = studio.model.open(section)
            studio.answer(query, content)
            if let preview { studio.answerPreview(preview) }
        }
    }

    /// Opens a page above the endpoints.
    private static func page(
        _ name: String,
        _ route: Route,
        _ answers: [(Query, Content)] = [],
        then keys: [Key] = []
    ) -> PageCase {
        PageCase(name: name) { studio in
            studio.open(route)
            for key in keys { studio.press(key) }
            for (query, content) in answers { studio.answer(query, content) }
        }
    }

    /// Tries a deployment on a file.
    private static func test(_ name: String, _ test: DeploymentTest) -> PageCase {
        PageCase(name: name) { studio in
            studio.open(.testDeployment(endpoint: "wine-growers", deployment: "mlflow"))
            for letter in "1.csv" { studio.press(.character(letter)) }
            studio.press(.enter)
            let query = Query.deploymentTest(endpoint: "wine-growers", deployment: "mlflow", file: "1.csv")
            studio.answer(query, .deploymentTest(test))
        }
    }

    private static let endpoint: (Query, Content) = (
        .endpoint("wine-growers"), .endpoint(Samples.endpoint, Samples.deployments)
    )
    private static let jobs = JobListing()
    private static let runs = JobListing(endpointName: "wine-growers")
    private static let slice = JobSlice(total: 5, offset: 0, jobs: Samples.overviews)
    private static let job: [(Query, Content)] = [
        (.job("five"), .job(Samples.content())),
        (.miniBatches(job: "five", in: [0..<50]), .miniBatches(job: "five", in: [0..<50], Samples.runs)),
    ]
    private static let failures = Query.failures(job: "five", offset: 0, limit: 200)

    static let all = pages + schedulePages

    private static let pages: [PageCase] = [
        PageCase(name: "loading") { _ in },
        section(
            "endpoints",
            .endpoints,
            .endpoints,
            .endpoints(Samples.endpoints),
            preview: .endpoint(Samples.deployments, jobs: Samples.overviews)
        ),
        PageCase(name: "home") { $0.openHome(Samples.home) },
        PageCase(name: "home-light") { studio in
            studio.openHome(Samples.home)
            studio.model.show(theme: "light")
        },
        PageCase(name: "home-new") { $0.openHome(Samples.newHome) },
        PageCase(name: "home-half") { $0.openHome(Samples.halfHome) },
        section(
            "datastores",
            .datastores,
            .datastores,
            .datastores(Samples.datastores),
            preview: .datastore(Samples.datastore(0))
        ),
        PageCase(name: "datastores-light") { studio in
            _ = studio.model.open(.datastores)
            studio.answer(.datastores, .datastores(Samples.datastores))
            studio.answerPreview(.datastore(Samples.datastore(0)))
            studio.model.show(theme: "light")
        },
        page(
            "datastore",
            .datastore("workspaceblobstore"),
            [(.datastore("workspaceblobstore"), .datastore(Samples.datastore(1)))]
        ),
        PageCase(name: "datastore-files") { studio in
            let place = DatastorePath(datastore: "workspaceblobstore", path: "")
            studio.open(.datastoreFiles(place))
            let content = Content.datastoreFiles(place, Samples.datastoreEntries, folder: "/workspaces/default/blobs")
            studio.answer(.datastoreFiles(place), content)
        },
        PageCase(name: "datastore-create") { studio in
            studio.open(.createDatastore)
            studio.press(.tab, .right, .right)
        },
        section("endpoints-empty", .endpoints, .endpoints, .endpoints([])),
        section("models", .models, .models(.active), .models([Samples.models[0]]), preview: .model(Samples.model)),
        section(
            "data",
            .data,
            .data(.active),
            .data(Samples.data),
            preview: .data(Samples.dataAsset, Samples.dataHead)
        ),
        section(
            "environments",
            .environments,
            .environments(.active),
            .environments(Samples.environments),
            preview: .environment(Samples.environment)
        ),
        section(
            "compute",
            .compute,
            .compute,
            .compute(Samples.compute),
            preview: .compute(
                cores: 2,
                memory: 8 << 30,
                users: Samples.deployments,
                jobs: [Samples.overview("five", .running)]
            )
        ),
        section(
            "jobs",
            .jobs,
            .jobs(jobs),
            .jobs(jobs, slice),
            preview: .job(Samples.content(), failures: Samples.failures)
        ),
        PageCase(name: "jobs-marked") { studio in
            _ = studio.model.open(.jobs)
            studio.answer(.jobs(jobs), .jobs(jobs, slice))
            studio.press("j", "j", .space, .space, "D")
            studio.answer(.jobsNamed(["three", "two"]), .jobsNamed(Array(Samples.overviews[2...3])))
        },
        PageCase(name: "jobs-filtered") { studio in
            _ = studio.model.open(.jobs)
            studio.press("/", "s", "p", "o", "n", .enter)
            let listing = JobListing(filter: "spon")
            studio.answer(.jobs(listing), .jobs(listing, slice))
        },
        page("endpoint-details", .endpoint("wine-growers"), [endpoint]),
        page("endpoint-deployments", .endpoint("wine-growers"), [endpoint], then: [.tab]),
        page(
            "endpoint-runs",
            .endpoint("wine-growers"),
            [endpoint, (.jobs(runs), .jobs(runs, slice))],
            then: [.tab, .tab]
        ),
        PageCase(name: "endpoint-trends") { $0.openTrends(Samples.trends) },
        PageCase(name: "endpoint-trends-empty") { $0.openTrends(EndpointTrends(runs: [])) },
        PageCase(name: "job-drift") { $0.openDriftedJob() },
        PageCase(name: "job-drift-overview") { studio in
            studio.openDriftedJob()
            studio.press(.tab, .tab)
        },
        page("endpoint-edit", .editEndpoint("wine-growers"), [endpoint]),
        page("model", .model(Samples.models[0].id), [(.model(Samples.models[0].id), .model(Samples.model))]),
        page("model-register", .registerModel),
        page(
            "data-asset",
            .dataAsset(Samples.data[0].id),
            [(.dataAsset(Samples.data[0].id), .dataAsset(Samples.dataAsset))]
        ),
        page("data-register", .registerData),
        page("data-preview-reading", .previewData(Samples.data[0].id)),
        page(
            "data-preview",
            .previewData(Samples.data[0].id),
            [
                (
                    .dataPreview(Samples.previewRequest()),
                    .dataPreview(Samples.previewRequest(), Samples.dataPreview(fits: true))
                )
            ]
        ),
        PageCase(name: "data-preview-model") { studio in
            let model = Samples.models[0]
            studio.open(.previewData(Samples.data[0].id))
            studio.answer(.models(.active), .models([model]))
            studio.press("m", .enter)
            let request = Samples.previewRequest(model: model.id)
            studio.answer(.dataPreview(request), .dataPreview(request, Samples.dataPreview()))
        },
        page(
            "environment",
            .environment(Samples.environments[0].id),
            [
                (
                    .environment(Samples.environments[0].id),
                    .environment(Samples.environment)
                )
            ]
        ),
        page("environment-create", .createEnvironment),
        page(
            "compute-target",
            .computeTarget("batch-cluster"),
            [(.computeTarget("batch-cluster"), .computeTarget(Samples.computeTarget))]
        ),
        page(
            "compute-ray",
            .computeTarget("my-cluster"),
            [(.computeTarget("my-cluster"), .computeTarget(Samples.clusterTarget))]
        ),
        page("compute-create", .createCompute),
        PageCase(name: "compute-create-ray") { studio in
            studio.open(.createCompute)
            studio.press(.tab, .right)
        },
        page("job-overview", .job("five"), job),
        PageCase(name: "job-cluster") { studio in
            studio.open(.job("five"))
            var content = Samples.content()
            content.workers = Samples.clusterWorkers
            studio.answer(.job("five"), .job(content))
        },
        PageCase(name: "job-completed") { $0.openCompletedJob() },
        PageCase(name: "job-results") { $0.openResults() },
        PageCase(name: "job-results-light") { studio in
            studio.openResults()
            studio.model.show(theme: "light")
        },
        PageCase(name: "job-results-classes") { studio in
            studio.openResults()
            studio.press("<")
        },
        PageCase(name: "job-results-profile") { studio in
            studio.openResults()
            studio.press("p")
        },
        PageCase(name: "job-results-search") { studio in
            studio.openResults()
            studio.press("/", "c", "l")
        },
        page(
            "result-row",
            .resultRow(job: "five", row: 41),
            [(.resultRow(job: "five", row: 41), .resultRow(Samples.resultRow))]
        ),
        PageCase(name: "mini-batch") { studio in
            studio.open(.miniBatch(job: "five", id: 7))
            studio.answer(.miniBatch(job: "five", id: 7), .miniBatch(Samples.miniBatch))
        },
        PageCase(name: "mini-batch-part") { studio in
            studio.open(.miniBatch(job: "five", id: 2))
            var part = Samples.miniBatch
            (part.id, part.files, part.fileCount, part.failures) = (2, ["big.csv"], 1, [])
            part.part = MiniBatchDetails.Part(number: 3, count: 40, rows: 8192..<12_288)
            part.result?.isFailed = false
            studio.answer(.miniBatch(job: "five", id: 2), .miniBatch(part))
        },
        PageCase(name: "job-notes") { studio in
            var content = Samples.content()
            content.job.notes = ["One note.", "Another one.", "A third.", "A fourth."]
            studio.open(.job("five"))
            studio.answer(.job("five"), .job(content))
        },
        PageCase(name: "job-failed") { studio in
            studio.open(.job("five"))
            studio.answer(.job("five"), .job(Samples.content(.failed)))
        },
        PageCase(name: "job-cause") { $0.openJobWithLongCause() },
        PageCase(name: "job-cause-details") { studio in
            studio.openJobWithLongCause()
            studio.press(.backTab)
        },
        PageCase(name: "job-log") { studio in
            studio.open(.job("five"))
            studio.answer(.job("five"), .job(Samples.content()))
            studio.press(.tab)
            studio.answer(Samples.window(Samples.logLines))
        },
        PageCase(name: "job-log-light") { studio in
            studio.open(.job("five"))
            studio.answer(.job("five"), .job(Samples.content()))
            studio.press(.tab)
            studio.answer(Samples.window(Samples.logLines))
            studio.model.show(theme: "light")
        },
        PageCase(name: "job-log-search") { studio in
            studio.open(.job("five"))
            studio.answer(.job("five"), .job(Samples.content()))
            studio.press(.tab)
            studio.answer(Samples.window(Samples.logLines))
            for key: Key in ["w", "v", "/", "n", "a", "n", .enter] { studio.press(key) }
        },
        page(
            "job-errors",
            .job("five"),
            job + [(failures, .failures(offset: 0, Samples.failures))],
            then: [.tab, .tab]
        ),
        page(
            "job-outputs",
            .job("five"),
            job + [(.outputs(job: "five"), .outputs(Samples.outputs))],
            then: [.tab, .tab, .tab]
        ),
        page("job-details", .job("five"), job, then: [.backTab]),
        page(
            "job-failure",
            .failure(job: "five", miniBatch: 7, file: "wine-14.csv"),
            [(.failure(job: "five", miniBatch: 7, file: "wine-14.csv"), .failure(Samples.failures[0]))]
        ),
        page(
            "output-rows",
            .output(job: "five", file: Samples.preview.file),
            [(.preview(file: Samples.preview.file, job: "five"), .preview(Samples.preview))]
        ),
        page(
            "output-columns",
            .output(job: "five", file: Samples.preview.file),
            [(.preview(file: Samples.preview.file, job: "five"), .preview(Samples.preview))],
            then: [.tab]
        ),
        PageCase(name: "messages") { studio in
            let failure = Failure(
                "delete endpoint wine-growers",
                text: "Job five of endpoint 'wine-growers' is Running."
            )
            studio.send(.message(.failed(failure, at: StudioBench.now)))
            studio.press("ctrl+x", "!")
        },
        PageCase(name: "delete-endpoint") { studio in
            studio.open(.endpoint("wine-growers"))
            studio.answer(.endpoint("wine-growers"), .endpoint(Samples.endpoint, Samples.deployments))
            studio.delete([.endpoint("wine-growers")])
        },
        PageCase(name: "delete-model") { studio in
            _ = studio.model.open(.models)
            studio.answer(.models(.active), .models([Samples.models[0]]))
            studio.delete([.asset(.model, Samples.models[0].id)])
        },
        PageCase(name: "delete-job") { studio in
            studio.open(.job("five"))
            studio.answer(.job("five"), .job(Samples.content(.failed)))
            studio.press("D")
        },
        PageCase(name: "resume-job") { studio in
            studio.open(.job("five"))
            studio.answer(.job("five"), .job(Samples.content(.canceled)))
            studio.press("R")
        },
        PageCase(name: "retry-job") { studio in
            studio.open(.job("five"))
            studio.answer(.job("five"), .job(Samples.content(.completed)))
            studio.press("F")
        },
        page("models-archived", .section(.models), [(.models(.archived), .models([]))], then: ["A"]),
        page("test-file", .testDeployment(endpoint: "wine-growers", deployment: "mlflow")),
        test("test", Samples.test),
        test("test-failed", Samples.failedTest),
        PageCase(name: "help") { studio in
            studio.answer(.endpoints, .endpoints(Samples.endpoints))
            studio.press("?")
        },
        PageCase(name: "palette") { studio in
            studio.answer(.endpoints, .endpoints(Samples.endpoints))
            studio.press(":")
        },
        PageCase(name: "themes") { studio in studio.press("T") },
        PageCase(name: "missing") { studio in
            studio.open(.endpoint("gone"))
            let error = StudioError(.notFound, "There is no endpoint named 'gone'.")
            let failure = Failure("open endpoint gone", error)
            studio.send(.message(.missed(.endpoint("gone"), screen: 2, failure, at: StudioBench.now)))
            studio.answer(.endpoints, .endpoints(Samples.endpoints))
        },
        PageCase(name: "run-again") { studio in
            _ = studio.model.open(.jobs)
            studio.answer(.jobs(jobs), .jobs(jobs, slice))
            studio.press("r")
            studio.answer(.job("five"), .job(Samples.content()))
        },
    ]
}
