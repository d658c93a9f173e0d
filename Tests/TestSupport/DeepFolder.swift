import Foundation

/// Runs the body while folders lie within each other in a folder, so deep that the innermost one's path is one byte longer than the
/// system takes: a folder that not even root can read.
package func withDeepFolder(in folder: String, _ body: () async throws -> Void) async throws {
    let code = """
        import os, sys
        os.chdir(sys.argv[1])
        left = 4096 - len(os.fsencode(sys.argv[1]))
        while left > 0:
            size = min(200, left - 1)
            size -= left - size - 1 == 1  # A slash alone is no folder.
            os.mkdir("d" * size)
            os.chdir("d" * size)
            left -= size + 1
        """
    _ = try runPython(code, [folder])
    defer { _ = try? runProgram("/bin/rm", ["-rf", folder + "/" + String(repeating: "d", count: 200)]) }
    try await body()
}
