package import FoundationEssentials

/// The record of a finished environment; kept beside it as `environment.json`.
package struct EnvironmentRecord: Equatable, Sendable, Codable {
    /// The digest of what was asked.
    package var digest: String
    /// For whom it was built first.
    package var owner: String
    /// The attempt that worked, in words: `as named in conda.yaml, on Python 3.11.7`.
    package var attempt: String
    /// The file that was followed.
    package var source: String
    /// The Python that was asked for, where a file says.
    package var wantedPython: String?
    /// The Python that it runs on.
    package var python: PythonInterpreter
    /// The requirements that were installed, changes included.
    package var requirements: [String]
    /// The installed packages: the lines of `uv pip freeze`.
    package var lock: [String]
    /// Each change to what was named, and other notes for the user.
    package var warnings: [String]
    /// The uv that built it.
    package var uvVersion: String
    /// When it was finished.
    package var builtAt: Date
    /// How long that took, in seconds.
    package var seconds: Double
    /// The virtual environment's folder beside the record.
    package var folder: String

    package init(
        digest: String,
        owner: String,
        attempt: String,
        source: String,
        wantedPython: String?,
        python: PythonInterpreter,
        requirements: [String],
        lock: [String],
        warnings: [String],
        uvVersion: String,
        builtAt: Date,
        seconds: Double,
        folder: String
    ) {
        self.digest = digest
        self.owner = owner
        self.attempt = attempt
        self.source = source
        self.wantedPython = wantedPython
        self.python = python
        self.requirements = requirements
        self.lock = lock
        self.warnings = warnings
        self.uvVersion = uvVersion
        self.builtAt = builtAt
        self.seconds = seconds
        self.folder = folder
    }
}

/// A finished Python environment, ready to run workers.
package struct PythonEnvironment: Equatable, Sendable {
    /// The interpreter's absolute path.
    package var python: String
    /// The digest of what was asked.
    package var digest: String
    /// The folder with the record and the virtual environment.
    package var folder: String
    /// Its record.
    package var record: EnvironmentRecord

    package init(python: String, digest: String, folder: String, record: EnvironmentRecord) {
        self.python = python
        self.digest = digest
        self.folder = folder
        self.record = record
    }
}
