import FoundationEssentials

/// The folders in which Python is installed, by all usual ways of installation.
struct PythonFolders {
    /// The process's environment.
    let variables: [String: String]
    /// Where our own copies are.
    let cache: CacheFolder

    /// Folders with `python3` programs, those of `PATH` first; some don't exist.
    var folders: [String] {
        let path = (variables["PATH"] ?? "").split(separator: ":").map(String.init)
        return path.filter { !$0.hasSuffix("/shims") && $0.hasPrefix("/") } + fixed + versioned
    }

    private var home: String { CacheFolder.home(variables) }

    private var fixed: [String] {
        [
            "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", "/home/linuxbrew/.linuxbrew/bin", "\(home)/.local/bin",
            "\(home)/miniconda3/bin", "\(home)/miniforge3/bin", "\(home)/anaconda3/bin",
        ]
    }

    /// `bin` in each folder of those that keep one folder a version.
    private var versioned: [String] {
        let data = variables["XDG_DATA_HOME"] ?? "\(home)/.local/share"
        let roots = [
            "\(variables["PYENV_ROOT"] ?? "\(home)/.pyenv")/versions",
            variables["UV_PYTHON_INSTALL_DIR"] ?? "\(data)/uv/python",
            "\(cache.tools)/python",
            "\(variables["ASDF_DATA_DIR"] ?? "\(home)/.asdf")/installs/python",
            "\(data)/mise/installs/python",
            "/Library/Frameworks/Python.framework/Versions",
        ]
        return roots.flatMap { root in
            let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
            return versions.sorted().map { "\(root)/\($0)/bin" }
        }
    }
}
