/// Imports the libraries that models stand on: an environment may install well and still not work.
///
/// It also compiles their bytecode, which uv leaves undone and the first import pays for in any case.
struct ImportCheck {
    /// The result of the check.
    enum Finding: Equatable {
        /// These can be imported.
        case works([String])
        /// This one can't, and why.
        case fails(String)
    }

    /// The environment's interpreter.
    let python: String
    /// The environment variables for it.
    let variables: [String: String]
    /// Where it runs: some libraries write beside it.
    let folder: String

    /// Libraries whose broken combinations were met in published models; those not installed are passed over.
    private static let modules = [
        "numpy", "scipy", "pandas", "pyarrow", "sklearn", "xgboost", "lightgbm", "onnxruntime", "mlflow.pyfunc",
        // Not broken anywhere, but parts of most models: their bytecode is compiled with the environment.
        "sklearn.pipeline", "sklearn.linear_model", "sklearn.ensemble",
    ]

    private static let mark = "batchstudio-import "

    private static let script = """
        import importlib, importlib.util, sys
        for name in sys.argv[1:]:
            if importlib.util.find_spec(name.split(".")[0]) is None:
                continue
            print("\\n\(mark)tries " + name, flush=True)
            try:
                importlib.import_module(name)
                print("\\n\(mark)works " + name, flush=True)
            except BaseException as error:
                text = " ".join(str(error).split())[:500]
                print("\\n\(mark)fails %s: %s: %s" % (name, type(error).__name__, text), flush=True)
                break
        """

    /// Runs it.
    func run() async throws -> Finding {
        var settings = variables.merging(Telemetry.variables) { $1 }
        settings["PYTHONDONTWRITEBYTECODE"] = nil
        let process = ToolProcess(
            executable: python,
            arguments: ["-I", "-c", Self.script] + Self.modules,
            variables: settings,
            folder: folder
        )
        let outcome = try await process.run()
        let verdicts = outcome.lines.filter { $0.hasPrefix(Self.mark) }.map { $0.dropFirst(Self.mark.count) }
        if let failure = verdicts.first(where: { $0.hasPrefix("fails ") }) {
            return .fails(String(failure.dropFirst("fails ".count)))
        }
        if !outcome.succeeded {
            let tried = verdicts.last.map { $0.dropFirst("tries ".count) } ?? "nothing"
            return .fails("\(tried): the interpreter crashed: \(outcome.lines.last { !$0.isEmpty } ?? "")")
        }
        return .works(verdicts.filter { $0.hasPrefix("works ") }.map { String($0.dropFirst("works ".count)) })
    }
}
