import Foundation

/// A folder for `PATH` with an `nvidia-smi` of a machine that need not be this one.
package enum StubGPUs {
    /// Writes an `nvidia-smi` that lists so many Tesla T4 when it is asked as batchstudio asks; returns its folder.
    package static func install(_ count: Int, in folder: String) throws -> String {
        let lines = (0..<count).map { "echo '\($0), GPU-0000000\($0)-aaaa, Tesla T4, 15360'" }
        let query = "--query-gpu=index,uuid,name,memory.total --format=csv,noheader,nounits"
        return try install(
            script: ["[ \"$*\" = '\(query)' ] || exit 3"] + lines,
            in: folder
        )
    }

    /// Writes an `nvidia-smi` of these lines of shell; returns its folder.
    package static func install(script lines: [String], in folder: String) throws -> String {
        let path = folder + "/gpus"
        try write((["#!/bin/sh"] + lines).joined(separator: "\n") + "\n", to: path + "/nvidia-smi")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path + "/nvidia-smi")
        return path
    }
}
