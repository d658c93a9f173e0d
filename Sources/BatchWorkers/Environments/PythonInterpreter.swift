/// A Python that is installed on this machine and runs.
package struct PythonInterpreter: Hashable, Sendable, Codable {
    /// The absolute path of the real program, never a link or a shim.
    package var path: String
    /// The version that it reports.
    package var version: PythonVersion

    package init(path: String, version: PythonVersion) {
        self.path = path
        self.version = version
    }
}

extension Collection<PythonInterpreter> {
    /// The interpreter of a minor release: the asked patch release if there is one, else the first found.
    package func matching(_ wanted: PythonVersion) -> PythonInterpreter? {
        let same = filter { $0.version.isSameMinor(as: wanted) }
        return same.first { $0.version == wanted } ?? same.first
    }

    /// One interpreter a minor release, the nearest to the wanted one first, the newer first at equal distance.
    package func nearest(to wanted: PythonVersion) -> [PythonInterpreter] {
        var minors: [PythonVersion] = []
        for interpreter in self where !minors.contains(where: interpreter.version.isSameMinor(as:)) {
            minors.append(PythonVersion(interpreter.version.major, interpreter.version.minor))
        }
        let ordered = minors.sorted { left, right in
            let (near, far) = (abs(left.minor - wanted.minor), abs(right.minor - wanted.minor))
            return near == far ? left > right : near < far
        }
        return ordered.compactMap { matching($0.isSameMinor(as: wanted) ? wanted : $0) }
    }
}
