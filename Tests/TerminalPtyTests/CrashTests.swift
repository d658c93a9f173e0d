import Glibc
import PtyHarness
import Testing

struct CrashTests {
    @Test(arguments: [("C", SIGILL), ("S", SIGSEGV), ("O", SIGSEGV)])
    func `a crash leaves the terminal as it was`(key: String, signal: Int32) throws {
        // Swift prints a long list of calls after the reason.
        let session = try openDemo(rows: 200)
        session.send(key)
        let exit = try session.waitForExit()
        #expect(exit == .signal(signal) || exit == .signal(SIGTRAP))
        #expect(session.leftovers == [])
    }

    @Test func `the reason of a crash can be read`() throws {
        let session = try openDemo(rows: 200)
        session.send("C")
        _ = try session.waitForExit()
        #expect(session.text.contains("the deliberate crash"))
    }

    @Test(arguments: [SIGABRT, SIGSEGV, SIGBUS, SIGFPE])
    func `a crash signal sent from outside leaves the terminal as it was`(signal: Int32) throws {
        let session = try openDemo()
        session.signal(signal)
        #expect(try session.waitForExit() == .signal(signal))
        #expect(session.leftovers == [])
    }

    @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
    func `a request to stop is answered`(signal: Int32) throws {
        let session = try openDemo()
        session.signal(signal)
        #expect(try session.waitForExit() == .code(0))
        #expect(session.leftovers == [])
    }

    @Test func `a closed terminal ends the program`() throws {
        let session = try openDemo()
        session.hangUp()
        #expect(try session.waitForExit() == .code(0))
    }
}
