import Glibc

extension OpenFolder {
    /// Codes of a file system without hard links: exFAT, some remote ones.
    private static let noLinks: Set<Int32> = [EPERM, EOPNOTSUPP, ENOSYS]
    /// `RENAME_NOREPLACE`, which Glibc hides from Swift behind `_GNU_SOURCE`, as the call itself.
    private static let noReplace: UInt32 = 1
    private typealias RenameAt2 =
        @convention(c) (
            Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32
        ) -> Int32

    /// Gives a file of this folder another name, unless that is taken.
    ///
    /// - Returns: False, with `errno`, when the name is taken or the file system can't do this; then the file has its old name.
    package func move(_ name: String, toFree new: String) -> Bool {
        // Unlike a rename, a link never replaces what has taken the name meanwhile.
        if linkat(descriptor, name, descriptor, new, 0) == 0 {
            unlinkat(descriptor, name, 0)
            return true
        }
        let code = errno
        guard Self.noLinks.contains(code), let symbol = dlsym(nil, "renameat2") else {
            errno = code
            return false
        }
        let renameAt2 = unsafeBitCast(symbol, to: RenameAt2.self)
        return renameAt2(descriptor, name, descriptor, new, Self.noReplace) == 0
    }
}
