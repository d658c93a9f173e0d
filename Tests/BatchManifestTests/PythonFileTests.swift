import BatchDomain
import BatchManifest
import Testing

struct CondaFileTests {
    @Test(arguments: [
        ("scikit-learn=1.2", "scikit-learn==1.2.*"), ("scikit-learn=1.2.2", "scikit-learn==1.2.2"),
        ("scikit-learn==1.2.2", "scikit-learn==1.2.2"), ("scikit-learn=1.2.2=py38_0", "scikit-learn==1.2.2"),
        ("numpy>=1.21,<2", "numpy>=1.21,<2"), ("numpy 1.21.*", "numpy==1.21.*"), ("numpy=1.21.*", "numpy==1.21.*"),
        ("conda-forge::xgboost=1.7", "xgboost==1.7.*"), ("pandas", "pandas"), ("pytorch=1.13.1", "torch==1.13.1"),
        ("numpy >= 1.21", "numpy>=1.21"), ("numpy=1.2*", "numpy==1.2.*"), ("Pillow=9", "pillow==9.*"),
        ("numpy 1.21 py38_0", "numpy==1.21.*"), ("numpy!=1.2", "numpy!=1.2"),
    ])
    func `A conda package is told in pip's words`(conda: String, pip: String) throws {
        #expect(try read(conda).requirements == [pip])
    }

    @Test(arguments: [
        ("python=3.8", "3.8"), ("python=3.8.5", "3.8.5"), ("python==3.8.5", "3.8.5"), ("python=3.8.5=h1_0", "3.8.5"),
        ("python>=3.8,<3.11", "3.8"), ("python 3.9.*", "3.9"), ("python=3.8.*", "3.8"),
        ("conda-forge::python=3.10", "3.10"),
    ])
    func `The Python is found in every form`(conda: String, version: String) throws {
        #expect(try read(conda).pythonVersion == version)
    }

    @Test(arguments: ["python", "python<3.11"])
    func `A Python without a lower bound says no version`(conda: String) throws {
        #expect(try read(conda).pythonVersion == nil)
    }

    @Test(arguments: ["cudatoolkit=11.1", "r-base", "libgcc-ng", "_libgcc_mutex", "openjdk=8", "numpy[version='>=1']"])
    func `What only conda has is told, not installed`(conda: String) throws {
        let file = try read(conda)
        #expect(file.requirements.isEmpty)
        #expect(file.leftOut == [LeftOutLine(conda, .condaPackage)])
    }

    @Test(arguments: ["pip", "pip=22.0", "pip<=23.0.1"])
    func `pip is no requirement`(conda: String) throws {
        let file = try read(conda)
        #expect(file.requirements.isEmpty && file.leftOut.isEmpty)
    }

    @Test(arguments: [
        ("- pandas\n", 1), ("dependencies: pandas\n", 1), ("name: x\ndependencies: {pip: []}\n", 2),
        ("name: x\nmodel: azureml:wine:1\n", 1),
    ])
    func `A file that is no conda file is told at its line`(text: String, line: Int) {
        let found = problems { try CondaFile.read(text: text, file: "conda.yaml") }
        #expect(found.first?.location?.line == line)
    }

    @Test(arguments: ["name: x\n", "dependencies:\n", "dependencies: []\n"])
    func `A file without dependencies asks for nothing`(text: String) throws {
        #expect(try CondaFile.read(text: text, file: "conda.yaml").requirements.isEmpty)
    }

    private func read(_ dependency: String) throws -> CondaFile {
        let text = "dependencies:\n- \"\(dependency)\"\n"
        return try CondaFile.read(text: text, file: "conda.yaml")
    }
}

struct PipRequirementsTests {
    @Test(arguments: [
        ("pandas==1.5.3", "pandas==1.5.3"), ("pandas  # comment", "pandas"),
        ("numpy<2 ; python_version >= \"3.8\"", "numpy<2 ; python_version >= \"3.8\""),
        ("pandas[excel]>=1", "pandas[excel]>=1"), ("git+https://x.org/a.git#egg=a", "git+https://x.org/a.git#egg=a"),
        ("a @ https://x.org/a.whl", "a @ https://x.org/a.whl"),
        ("a==1 \\\n  --hash=sha256:b \\\n  --hash=sha256:c", "a==1 --hash=sha256:b --hash=sha256:c"),
        ("  pandas\r\n", "pandas"),
    ])
    func `A requirement is kept as it was meant`(text: String, requirement: String) {
        #expect(PipRequirements.read(text: text, file: "requirements.txt").requirements == [requirement])
    }

    @Test(arguments: ["", "\n\n", "# comment", "   # comment"])
    func `Blank lines and comments are nothing`(text: String) {
        #expect(PipRequirements.read(text: text, file: "requirements.txt") == PipRequirements())
    }

    @Test(
        arguments: [
            ("-e .", .besideEnvironment), ("./wheels/a.whl", .besideEnvironment), ("wheels/a.whl", .besideEnvironment),
            ("file:///tmp/a.whl", .besideEnvironment), ("-c pins.txt", .missingFile), ("-r absent.txt", .missingFile),
            ("-r ../../../../../../../../etc/passwd", .outsideModel), ("--use-feature=fast-deps", .unsupportedOption),
            ("-c ../pins.txt", .outsideModel), ("--extra-index-url", .malformed),
        ] as [(String, LeftOutLine.Reason)]
    )
    func `A line that is not carried out is told with the reason`(line: String, reason: LeftOutLine.Reason) {
        let pip = PipRequirements.read(text: line, file: "requirements.txt")
        #expect(pip.requirements.isEmpty)
        #expect(pip.leftOut == [LeftOutLine(line, reason)])
    }

    @Test(arguments: [
        ("-i https://a.org/simple", ["--index-url https://a.org/simple"]),
        ("--index-url=https://a.org/simple --pre", ["--index-url https://a.org/simple", "--pre"]),
        ("--extra-index-url https://a.org/s", ["--extra-index-url https://a.org/s"]),
        ("-fhttps://a.org/wheels", ["--find-links https://a.org/wheels"]), ("--prefer-binary", []),
        ("-e git+https://a.org/b.git@v1#egg=b", ["git+https://a.org/b.git@v1#egg=b"]),
        ("-c https://a.org/pins.txt", ["--constraint https://a.org/pins.txt"]),
        ("--trusted-host a.org", ["--trusted-host a.org"]), ("--require-hashes", ["--require-hashes"]),
    ])
    func `An option of pip is kept under its long name`(line: String, requirements: [String]) {
        let pip = PipRequirements.read(text: line, file: "requirements.txt")
        #expect(pip.requirements == requirements)
        #expect(pip.leftOut.isEmpty)
    }

    @Test func `An option of one requirement is left out, the requirement is not`() {
        let pip = PipRequirements.read(text: "a==1 --global-option=--fast", file: "requirements.txt")
        #expect(pip.requirements == ["a==1"])
        #expect(pip.leftOut == [LeftOutLine("--global-option=--fast of a==1", .unsupportedOption)])
    }

    @Test(arguments: [
        "-r requirements.txt", "-rrequirements.txt", "--requirement requirements.txt", "--requirement=requirements.txt",
    ])
    func `A file named in another is read in its place`(line: String) {
        let file = Fixture("models/mlflow-2/other.txt").path
        let pip = PipRequirements.read(text: "first\n\(line)\nlast\n", file: file)
        #expect(pip.requirements.count == 5)
        #expect(pip.requirements.first == "first")
        #expect(pip.requirements.last == "last")
    }

    @Test func `A requirements file of MLflow 3 is read`() throws {
        let pip = PipRequirements.read(text: try Fixture("models/mlflow-3/requirements.txt").text, file: "r.txt")
        #expect(
            pip.requirements == [
                "--extra-index-url https://example.org/simple", "mlflow==3.17.2", "scikit-learn==1.9.1",
                "git+https://example.org/wine.git@v1#egg=wine",
            ]
        )
        #expect(pip.leftOut == [LeftOutLine("./wheels/local.whl", .besideEnvironment)])
    }
}

struct PythonEnvFileTests {
    @Test func `Python, builders and requirements are told apart`() throws {
        let file = Fixture("models/mlflow-2/python_env.yaml")
        let environment = try PythonEnvFile.read(text: file.text, file: file.path)
        #expect(environment.pythonVersion == "3.9.17")
        #expect(environment.buildDependencies == ["pip==23.0.1", "setuptools==67.6.1", "wheel==0.40.0"])
        #expect(environment.dependencies.requirements.first == "mlflow==2.3.1")
    }

    @Test func `A Python that YAML takes for a number keeps its zero`() throws {
        #expect(try PythonEnvFile.read(text: "python: 3.10\n", file: "python_env.yaml").pythonVersion == "3.10")
    }

    @Test func `A file that is no mapping is refused`() {
        #expect(!problems { try PythonEnvFile.read(text: "- a\n", file: "python_env.yaml") }.isEmpty)
    }
}
