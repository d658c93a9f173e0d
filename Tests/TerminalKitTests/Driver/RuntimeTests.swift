import Foundation
import Synchronization
import TerminalTestSupport
import Testing

@testable import TerminalKit

struct RuntimeTests {
    @Test func `a program loads, filters and quits`() async throws {
        try await OwnThread.run {
            let terminal = RecordingTerminal(steps: [
                .expect("Nothing here yet"), .key("r"), .expect("job-10"), .key("/"), .key("1"), .key(.enter),
                .expect { !$0.plainText.contains("job-2") }, .key("q"),
            ])
            let end = run(Jobs(), on: terminal)
            #expect(!terminal.hasTimedOut, "\(terminal.screen)")
            #expect(end.rows == ["job-2", "job-10"])
            #expect(end.table.filter == "1")
        }
    }

    @Test func `the example of the README is this one`() throws {
        let here = URL(filePath: #filePath)
        let example = try String(
            contentsOf: here.deletingLastPathComponent().appending(path: "ExampleProgram.swift"),
            encoding: .utf8
        )
        let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let readme = try String(contentsOf: root.appending(path: "Sources/TerminalKit/README.md"), encoding: .utf8)
        #expect(readme.contains(example.drop { $0 != "/" }))
    }

    @Test func `a closed terminal ends the program`() {
        let terminal = RecordingTerminal(steps: [])
        _ = run(Jobs(), on: terminal)
        #expect(terminal.frames.count == 1)
    }

    @Test func `subscriptions start, report and are cancelled`() async throws {
        try await OwnThread.run {
            let terminal = RecordingTerminal(steps: [
                .key("l"), .expect("ticks 3"), .key("l"), .expect("cancelled"), .key("q"),
            ])
            let runtime = Runtime(Listener(), on: terminal) { _ in
                { mailbox in
                    for number in 1...3 { mailbox.post(.tick(number)) }
                    // Nothing feeds this stream: it ends when the work is cancelled.
                    for await _ in AsyncStream<Never>.makeStream().stream {}
                    mailbox.post(.cancelled)
                }
            } perform: { _, runtime in
                runtime.quit()
            }
            runtime.run()
            #expect(!terminal.hasTimedOut, "\(terminal.screen)")
        }
    }

    @Test func `work that was begun is finished before the program ends`() async throws {
        try await OwnThread.run {
            let saved = Mutex(false)
            let terminal = RecordingTerminal(steps: [.key("q")])
            let runtime = Runtime(Listener(), on: terminal) { _ in
                { _ in }
            } perform: { _, runtime in
                runtime.start { _ in
                    await Task.yield()
                    saved.withLock { $0 = true }
                }
                runtime.quit()
            }
            runtime.gracePeriod = .seconds(60)
            runtime.run()
            #expect(saved.withLock { $0 })
        }
    }

    @Test func `a tick comes only while it is wanted`() async throws {
        try await OwnThread.run {
            let terminal = RecordingTerminal(steps: [.key("p"), .expect("pulses 2"), .key("p"), .key("q")])
            let runtime = Runtime(Listener(), on: terminal) { _ in
                { _ in }
            } perform: { _, runtime in
                runtime.quit()
            }
            let end = runtime.run()
            #expect(!terminal.hasTimedOut, "\(terminal.screen)")
            #expect(end.pulses >= 2)
            #expect(end.elapsed >= .milliseconds(250))
        }
    }
}

private struct Listener: Program {
    enum Message: Sendable { case tick(Int), cancelled }
    var text = ""
    var isListening = false
    var isPulsing = false
    var pulses = 0
    var elapsed = Duration.zero

    var subscriptions: Set<String> { isListening ? ["feed"] : [] }
    var tick: Duration? { isPulsing ? .milliseconds(1) : nil }

    mutating func update(_ input: Input<Message>) -> [Bool] {
        switch input {
        case .event(.key("l")): isListening.toggle()
        case .event(.key("p")): isPulsing.toggle()
        case .event(.key("q")), .event(.terminate): return [true]
        case .message(.tick(let number)): text = "ticks \(number)"
        case .message(.cancelled): text = "cancelled"
        case .tick(let time):
            pulses += 1
            elapsed += time
        case .event: break
        }
        return []
    }

    func draw(on canvas: inout Canvas) {
        canvas.write(text + " pulses \(pulses)", x: 0, y: 0, style: .plain)
    }
}

struct FramePacerTests {
    @Test func `what a user did shows at once`() {
        var pacer = FramePacer()
        pacer.painted(at: .milliseconds(100))
        pacer.requestFrameNow()
        #expect(pacer.delay(at: .milliseconds(101)) == .zero)
    }

    @Test func `what changes by itself waits for its frame`() {
        var pacer = FramePacer()
        pacer.requestFrame()
        #expect(pacer.delay(at: .zero) == .zero)
        pacer.painted(at: .milliseconds(100))
        pacer.requestFrame()
        #expect(pacer.delay(at: .milliseconds(110)) == .milliseconds(23))
        #expect(pacer.delay(at: .milliseconds(140)) == .zero)
    }

    @Test func `nothing is due when nothing changed`() {
        var pacer = FramePacer()
        #expect(pacer.delay(at: .zero) == nil)
        pacer.requestFrameNow()
        pacer.painted(at: .zero)
        #expect(pacer.delay(at: .seconds(1)) == nil)
    }

    @Test(arguments: [
        (Duration.zero, Int32(0)), (.nanoseconds(1), 1), (.milliseconds(25), 25), (.microseconds(1500), 2),
        (.seconds(-1), 0), (.seconds(2_000_000), 1_000_000_000),
    ])
    func `a time to sleep is rounded up`(time: Duration, milliseconds: Int32) {
        #expect(time.pollMilliseconds == milliseconds)
    }
}

struct ClipboardTests {
    @Test(arguments: ["", "a", "ab", "abc", "漢字", String(repeating: "xyz ", count: 100)])
    func `text is encoded as base64`(text: String) {
        #expect(Clipboard.base64(Array(text.utf8)) == Data(text.utf8).base64EncodedString())
    }

    @Test func `what no terminal takes is refused`() {
        #expect(Clipboard.sequence(copying: String(repeating: "x", count: 60_000)) == nil)
        #expect(Clipboard.sequence(copying: "hi") == "\u{1b}]52;c;aGk=\u{7}")
    }
}

struct TerminalEnvironmentTests {
    @Test(arguments: [
        (["TERM": "xterm-256color"], ["xterm-256color"], true),
        (["TERM": "xterm-256color", "COLORTERM": "truecolor"], ["xterm-direct", "xterm-256color"], true),
        (["TERM": "tmux-256color", "COLORTERM": "24bit"], ["tmux-direct", "tmux-256color"], true),
        (["TERM": "xterm", "COLORTERM": "truecolor", "NO_COLOR": "1"], ["xterm"], false),
        (["TERM": "xterm", "NO_COLOR": ""], ["xterm"], true), ([:], [""], true),
    ])
    func `the environment chooses colours`(variables: [String: String], names: [String], color: Bool) {
        let environment = TerminalEnvironment(exactColors: nil) { variables[$0] }
        #expect(environment.candidates == names)
        #expect(environment.allowsColor == color)
    }
}
