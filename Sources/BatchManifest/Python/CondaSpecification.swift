/// One conda package as a conda file names it: `scikit-learn=1.2`, `conda-forge::numpy>=1.21`, `python=3.8.5=h1`.
struct CondaSpecification: Equatable {
    /// The treatment of a package.
    enum Meaning: Equatable {
        /// The interpreter, with its version as far as it is said.
        case python(String?)
        /// A package that pip has too.
        case requirement(String)
        /// pip itself: the tool that installs, not what is installed.
        case installer
        /// A package that is only in conda.
        case condaOnly
    }

    /// The specification as written.
    let text: String
    /// The package's name in conda.
    let name: String
    private let constraint: String

    init(_ text: String) {
        self.text = text
        let body = text.split(separator: "::").last.map(String.init) ?? text
        let end = body.firstIndex { "=<>!~ [".contains($0) } ?? body.endIndex
        name = body[..<end].lowercased()
        constraint = body[end...].trimmed
    }

    var meaning: Meaning {
        if name == "python" { return .python(pythonVersion) }
        if name == "pip" { return .installer }
        // `-r file` or `--index-url` here would be an option to pip, not a package.
        guard let first = name.unicodeScalars.first, first.properties.isAlphabetic || ("0"..."9").contains(first),
            !text.contains(where: \.isNewline)
        else {
            return .condaOnly
        }
        if isCondaOnly || constraint.hasPrefix("[") { return .condaOnly }
        return .requirement((Self.namesInPip[name] ?? name) + pipConstraint)
    }

    /// `3.8.5` of `=3.8.5`, `==3.8.5`, `=3.8.5=h1`, `3.8.*`; of `>=3.8,<3.11` the lower bound.
    private var pythonVersion: String? {
        let digits = constraint.drop { !$0.isNumber }.prefix { $0.isNumber || $0 == "." }
        let version = digits.split(separator: ".").joined(separator: ".")
        let isUpperBound = constraint.hasPrefix("<") || constraint.hasPrefix("!")
        return version.isEmpty || isUpperBound ? nil : version
    }

    /// Conda's `=1.2` means any 1.2.x, its third part names a build.
    private var pipConstraint: String {
        let version = constraint.drop { $0 == " " }
        guard let first = version.first else { return "" }
        if first.isNumber { return pinned(version) }
        if first == "=", !version.hasPrefix("==") { return pinned(version.dropFirst()) }
        if version.hasPrefix("==") {
            return "==" + (version.dropFirst(2).split(separator: "=").first.map { String($0).trimmed } ?? "")
        }
        return version.filter { $0 != " " }
    }

    private func pinned(_ version: Substring) -> String {
        let number = version.split { $0 == "=" || $0 == " " }.first ?? ""
        if number.contains(",") || number.contains("|") || number.isEmpty { return "" }
        if number.hasSuffix("*") { return "==\(number.hasSuffix(".*") ? number : number.dropLast() + ".*")" }
        return number.split(separator: ".").count > 2 ? "==\(number)" : "==\(number).*"
    }

    private var isCondaOnly: Bool {
        Self.condaOnly.contains(name) || Self.condaOnlyPrefixes.contains { name.hasPrefix($0) }
    }

    private static let namesInPip = [
        "pytorch": "torch", "pytorch-cpu": "torch", "pytorch-gpu": "torch", "py-xgboost": "xgboost",
        "py-xgboost-cpu": "xgboost", "py-xgboost-gpu": "xgboost", "pytables": "tables", "matplotlib-base": "matplotlib",
        "dask-core": "dask", "msgpack-python": "msgpack", "opencv": "opencv-python-headless",
        "py-opencv": "opencv-python-headless", "ruamel_yaml": "ruamel.yaml", "tensorflow-base": "tensorflow",
        "seaborn-base": "seaborn", "python-graphviz": "graphviz",
    ]

    private static let condaOnly: Set<String> = [
        "blas", "bzip2", "ca-certificates", "cmake", "cudatoolkit", "cudnn", "ffmpeg", "freetype", "gcc", "gfortran",
        "git", "graphviz", "gxx", "icu", "intel-openmp", "make", "mkl", "mkl-service", "nccl", "ncurses", "nodejs",
        "nomkl", "openblas", "openjdk", "openmp", "openssl", "pandoc", "python_abi", "pytorch-cuda", "pytorch-mutex",
        "readline", "sqlite", "tk", "tzdata", "vc", "vs2015_runtime", "xz", "zlib", "zstd",
    ]

    private static let condaOnlyPrefixes = ["_", "r-", "lib", "cuda-", "gcc_", "gxx_", "ld_impl_", "openblas-"]
}

extension StringProtocol {
    /// The text without blanks at both ends.
    var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return String(rest)
    }
}
