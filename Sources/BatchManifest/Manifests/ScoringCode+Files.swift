package import BatchDomain

extension ScoringCode {
    /// The problem of a folder or a script that is not on the disk, with the path as typed.
    ///
    /// - Parameter current: The folder that a relative folder starts from.
    /// - Returns: At most one problem: without its folder, a script can't be looked for.
    package func problems(in current: String) -> [Problem] {
        let place = folder.normalizedPath(in: current)
        if !FilePaths.isFolder(place) {
            let rule = "must be a folder, but \(place) is none"
            return [Problem(field: "code_configuration.code", value: folder, rule: rule)]
        }
        if !FilePaths.isFile(script.normalizedPath(in: place)) {
            let rule = "must be a file in \(place), but there is none"
            return [Problem(field: "code_configuration.scoring_script", value: script, rule: rule)]
        }
        return []
    }
}
