import FoundationEssentials

/// Gets a Python that a model asks for and the machine lacks, through uv, into the cache.
struct PythonDownload {
    /// Who fetches.
    let uv: UVTool
    /// Where it goes.
    let cache: CacheFolder
    /// The process's environment; `UV_PYTHON_DOWNLOADS=never` forbids it.
    let variables: [String: String]

    /// The interpreters, with one of the wanted minor release among them where it is available.
    func completing(
        _ installed: [PythonInterpreter],
        with wanted: PythonVersion,
        pythons: PythonInterpreters,
        report: @Sendable (String) -> Void
    ) async throws -> [PythonInterpreter] {
        guard installed.matching(wanted) == nil, variables["UV_PYTHON_DOWNLOADS"] != "never",
            variables["UV_OFFLINE"] == nil
        else { return installed }
        report("Python \(wanted.minorText) is not installed: asking uv for it.")
        var settings = variables
        settings["UV_PYTHON_INSTALL_DIR"] = cache.tools + "/python"
        // One try: where downloads are not possible, the nearest Python is waiting.
        settings["UV_HTTP_RETRIES"] = variables["UV_HTTP_RETRIES"] ?? "0"
        settings["UV_NO_PROGRESS"] = "1"
        settings["NO_COLOR"] = "1"
        let process = ToolProcess(
            executable: uv.path,
            arguments: ["python", "install", "--no-bin", wanted.minorText],
            variables: settings
        )
        let outcome = try await process.run { report("  uv: \($0)") }
        if outcome.succeeded {
            _ = await pythons.installed(lookingFor: wanted)
            return await PythonInterpreters(variables: variables, cache: cache).installed()
        }
        report("Python \(wanted.minorText) can't be fetched; the nearest installed one is used.")
        return installed
    }
}
