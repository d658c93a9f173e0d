#if FUZZ
import Foundation

/// Runs the program in the fuzzer's build: `--sanitize fuzzer` links libFuzzer's `main` into every program, which calls this first.
@_cdecl("LLVMFuzzerInitialize")
func runInsteadOfFuzzing(_ count: UnsafeMutableRawPointer?, _ arguments: UnsafeMutableRawPointer?) -> CInt {
    do {
        try EmbedFolder.main()
        exit(0)
    } catch {
        FileHandle.standardError.write(Data("\(error)\n".utf8))
        exit(1)
    }
}

/// Takes no inputs; libFuzzer's `main` needs it.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt { 0 }
#endif
