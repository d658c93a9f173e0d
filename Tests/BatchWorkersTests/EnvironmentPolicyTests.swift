import BatchDomain
import Testing

@testable import BatchWorkers

/// The policy without uv: which attempts are made after which failures.
struct EnvironmentPolicyTests {
    private let pythons = ["3.8.18", "3.9.18", "3.10.13", "3.11.7", "3.12.1"].compactMap { text in
        PythonVersion(text).map { PythonInterpreter(path: "/python/\(text)", version: $0) }
    }

    /// The attempts that are made when each fails as told.
    private func attempts(
        _ request: EnvironmentRequest,
        limit: Int = 20,
        hasCompiler: Bool = false,
        failing: (BuildAttempt) -> AttemptFailure
    ) -> [String] {
        let wanted = request.wantedPython ?? PythonVersion(3, 11)
        var plan = BuildPlan(request, wanted: wanted, interpreters: pythons, hasCompiler: hasCompiler)
        var made: [String] = []
        while let attempt = plan.next(), made.count < limit {
            made.append(attempt.description)
            plan.learn(failing(attempt), from: attempt)
        }
        return made
    }

    private func request(
        _ lists: [[String]],
        python: String? = "3.11.7",
        dated: String? = "2023-05-10"
    ) -> EnvironmentRequest {
        let files = ["conda.yaml", "requirements.txt"]
        let sources = zip(files, lists).map { file, list in
            EnvironmentSource(file: file, pythonVersion: python, requirements: list)
        }
        return EnvironmentRequest(owner: "model wine:1", sources: sources, dated: dated)
    }

    @Test
    func `All files are tried as named before anything is changed, then repairs, then the model's time`() {
        let made = attempts(request([["mlflow==2.3.1"], ["mlflow==2.3.1", "six"]])) { _ in
            .cannotImport(reason: "No module named 'pkg_resources'")
        }

        #expect(
            made == [
                "as named in conda.yaml, on Python 3.11.7",
                "as named in requirements.txt, on Python 3.11.7",
                "conda.yaml, repaired, on Python 3.11.7",
                "requirements.txt, repaired, on Python 3.11.7",
                "conda.yaml, with packages of the model's time, on Python 3.11.7",
                "requirements.txt, with packages of the model's time, on Python 3.11.7",
            ]
        )
    }

    @Test
    func `A package without wheels is built where pins do not help, first without a compiler`() {
        let noWheel = AttemptFailure.unsatisfiable(mentioned: ["fusepy"], wheelless: ["fusepy"], reason: "")
        let failed = AttemptFailure.buildFailed("fusepy", lacksCompiler: true, reason: "")
        for (hasCompiler, last) in [(true, [", built from source with a compiler: fusepy"]), (false, [])] {
            let made = attempts(
                request([["fusepy==3.0.1"]], dated: nil),
                limit: 3 + last.count,
                hasCompiler: hasCompiler
            ) {
                $0.built.isEmpty ? noWheel : failed
            }
            #expect(
                Array(made.prefix(3 + last.count))
                    == [
                        "as named in conda.yaml, on Python 3.11.7",
                        "conda.yaml, pins relaxed: fusepy, on Python 3.11.7",
                        "as named in conda.yaml, built from source: fusepy, on Python 3.11.7",
                    ] + last.map { "as named in conda.yaml\($0), on Python 3.11.7" }
            )
        }
    }

    @Test
    func `Without a date and where no repair applies, a failed import is not tried again`() {
        let made = attempts(request([["six"]], python: "3.12", dated: nil)) { _ in .cannotImport(reason: "libgomp") }

        #expect(made == ["as named in conda.yaml, on Python 3.12.1"])
    }

    @Test
    func `A dated attempt lets those packages be newer that had no wheels in those days`() {
        let made = attempts(request([["mlflow==1.14.1"]], python: "3.12")) { attempt in
            attempt.level == .dated
                ? .unsatisfiable(mentioned: [], wheelless: ["alembic"], reason: "")
                : .cannotImport(reason: "Descriptors cannot be created directly")
        }

        #expect(
            made == [
                "as named in conda.yaml, on Python 3.12.1",
                "conda.yaml, with packages of the model's time, on Python 3.12.1",
                "conda.yaml, with packages of the model's time, newer alembic, on Python 3.12.1",
            ]
        )
    }

    @Test
    func `Only the pins that uv names are relaxed, then all, then the nearest Python comes`() {
        let made = attempts(request([["a==1.2.3", "b==2.0.1", "c>=1"]], dated: nil), limit: 5) { _ in
            .unsatisfiable(mentioned: ["b", "c", "d"], reason: "b has no wheels")
        }

        #expect(
            made == [
                "as named in conda.yaml, on Python 3.11.7",
                "conda.yaml, pins relaxed: b, on Python 3.11.7",
                "conda.yaml, pins relaxed: a, b, on Python 3.11.7",
                "as named in conda.yaml, on Python 3.12.1",
                "as named in conda.yaml, on Python 3.10.13",
            ]
        )
    }

    @Test
    func `A Python that is missing gives way to the nearest, with the pins kept as long as possible`() {
        let made = attempts(request([["a==1.2.3"]], python: "3.7.9", dated: nil)) { attempt in
            .unsatisfiable(mentioned: ["a"], reason: "")
        }

        #expect(
            made.prefix(2) == ["as named in conda.yaml, on Python 3.8.18", "as named in conda.yaml, on Python 3.9.18"]
        )
        #expect(made.last == "conda.yaml, pins relaxed: a, on Python 3.11.7")
        #expect(made.count == 8, "four Pythons, with and without pins")
    }

    @Test
    func `A package that does not exist ends the attempts with the file that names it`() {
        let made = attempts(request([["nope"], ["six"]]), limit: 3) { attempt in
            attempt.source.requirements == ["nope"]
                ? .unknownPackage("nope", reason: "") : .unsatisfiable(mentioned: [], reason: "")
        }

        #expect(
            made == [
                "as named in conda.yaml, on Python 3.11.7", "as named in requirements.txt, on Python 3.11.7",
                "as named in requirements.txt, on Python 3.12.1",
            ]
        )
    }

    @Test
    func `The first attempt that installed is kept when no import works`() {
        var plan = BuildPlan(request([["mlflow==2.3.1"]]), wanted: PythonVersion(3, 11), interpreters: pythons)
        while let attempt = plan.next() { plan.learn(.cannotImport(reason: "broken"), from: attempt) }

        #expect(plan.fallback?.description == "as named in conda.yaml, on Python 3.11.7")
    }

    @Test(arguments: [
        ("six==1.16.99", "six==1.16.*"),
        (
            "Scikit_Learn[extra]==1.2.2 ; python_version < '3.12'",
            "Scikit_Learn[extra]==1.2.* ; python_version < '3.12'"
        ),
        ("torch==2.0.1+cu118", "torch==2.0.*"),
        ("numpy == 1.24", "numpy ==1.24.*"),
        ("a===1.2.3", "a==1.2.*"),
        ("six", nil), ("six>=1.16.0", nil), ("six==1.16.*", nil), ("six~=1.16.0", nil), ("six==1.16,<2", nil),
        ("six==26", nil), ("--index-url https://example.org", nil), ("a @ https://example.org/a==1.0.whl", nil),
    ])
    func `A pin is relaxed within its minor release, and nothing else is`(line: String, relaxed: String?) {
        #expect(Requirement(line).relaxed?.text == relaxed)
    }

    @Test(arguments: [
        (["mlflow==2.3.1"], "3.11", ["setuptools<81"]),
        (["mlflow==2.3.1"], "3.12", []),
        (["setuptools==65.0", "mlflow"], "3.8", []),
        (["scikit-learn==1.2.2"], "3.12", ["numpy<2"]),
        (["scikit_learn==1.4.2"], "3.12", []),
        (["pandas==2.0.3", "numpy"], "3.12", ["numpy<2"]),
        (["pandas==2.0.3", "numpy==2.1.0"], "3.12", []),
        (["scipy==1.12.0"], "3.9", ["setuptools<81", "numpy<2"]),
        (["pandas>=1.0"], "3.12", []),
    ])
    func `Repairs are added under their conditions only`(list: [String], python: String, repairs: [String]) throws {
        let version = try #require(PythonVersion(python))

        #expect(EnvironmentRepair.needed(for: list, on: version).map(\.requirement) == repairs)
    }

    @Test
    func `A dated attempt takes packages up to two days after the model`() {
        #expect(request([["six"]], dated: "2024-02-28").packagesUntil == "2024-03-01")
        #expect(request([["six"]], dated: "2023-12-31 23:59:01.5").packagesUntil == "2024-01-02")
        #expect(request([["six"]], dated: "yesterday").packagesUntil == nil)
    }

    @Test(arguments: [
        ("3.9", ["3.9.18", "3.10.13", "3.8.18", "3.11.7", "3.12.1"]),
        ("3.14.1", ["3.12.1", "3.11.7", "3.10.13", "3.9.18", "3.8.18"]),
    ])
    func `The nearest Python comes first, the newer of two at equal distance`(wanted: String, order: [String]) throws {
        let version = try #require(PythonVersion(wanted))

        #expect(pythons.nearest(to: version).map(\.version.description) == order)
    }

    @Test(arguments: [
        ("3.11.7", PythonVersion(3, 11, 7)), (">=3.8", PythonVersion(3, 8)), ("3.10.*", PythonVersion(3, 10)),
        ("3", nil), ("", nil), ("python", nil),
    ])
    func `Versions are read as files write them`(text: String, version: PythonVersion?) {
        #expect(PythonVersion(text) == version)
    }
}
