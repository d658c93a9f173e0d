import BatchDomain
import FoundationEssentials
import SystemKit

/// The errors of environments, each with one text.
enum EnvironmentFailure {
    /// A folder or file of the cache can't be written.
    static func unwritable(_ path: String, _ cause: any Error) -> StudioError {
        let isDiskFull = (cause as? FileError)?.isDiskFull ?? ((cause as? CocoaError)?.code == .fileWriteOutOfSpace)
        if isDiskFull { return diskFull(path) }
        return StudioError(
            .environment,
            cause is FileError ? "\(cause)" : "\(path) can't be written: \(cause).",
            advice: "Check its permissions, or name another cache folder with XDG_CACHE_HOME."
        )
    }

    /// The disk that holds the cache has no room.
    static func diskFull(_ path: String) -> StudioError {
        StudioError(
            .environment,
            "The disk is full: there is no room for a Python environment in \(path).",
            advice: "Free some space (`uv cache prune` removes packages no longer used) and run the job again."
        )
    }

    /// No Python runs on this machine.
    static var noPython: StudioError {
        StudioError(
            .environment,
            "No Python 3 was found on this machine.",
            advice: "Install it: `sudo apt-get install python3 python3-venv` on Debian, `brew install python` on macOS."
        )
    }

    /// Packages can't be fetched, and those fetched before don't suffice.
    static func noNetwork(_ owner: String, reason: String) -> StudioError {
        StudioError(
            .environment,
            "The package index can't be reached, and the packages fetched before don't suffice for \(owner): \(reason)",
            advice: "Connect to the network, or name a reachable index with UV_DEFAULT_INDEX, and run the job again."
        )
    }

    /// The index does not accept who asks.
    static func indexRefuses(_ reason: String) -> StudioError {
        StudioError(
            .environment,
            "The package index refuses: \(reason)",
            advice: "Check the user name and the password or token in UV_DEFAULT_INDEX, UV_INDEX or PIP_INDEX_URL."
        )
    }

    /// The index has another file than the one whose hash the requirements name.
    static func hashMismatch(_ owner: String, _ reason: String) -> StudioError {
        StudioError(
            .environment,
            "The packages of \(owner) are not those whose hashes its requirements name: \(reason)",
            advice: "Correct the hash, or name the index that has the package with UV_INDEX; nothing was installed."
        )
    }

    /// The index shows a certificate that this machine does not trust.
    static func untrusted(_ reason: String) -> StudioError {
        StudioError(
            .environment,
            "The package index's certificate is not trusted: \(reason)",
            advice: "Name your organisation's certificates: `export SSL_CERT_FILE=/path/to/certificates.pem`."
        )
    }

    /// The tool that builds environments is not available.
    static func noUV(_ reason: String) -> StudioError {
        StudioError(
            .environment,
            "uv, which builds Python environments, is not installed and can't be fetched: \(reason)",
            advice: "Install it (`pip install uv`), or name it: `export BATCHSTUDIO_UV=/path/to/uv`."
        )
    }
}
