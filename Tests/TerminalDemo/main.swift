import Glibc
import TerminalKit

/// A program that shows what reaches it, and can be made to fail in every way.
struct Demo: Program {
    enum Message: Sendable { case worked }
    enum Effect { case quit, suspend, crash, fault, overflow, complain, hand, copy, work }

    var size = Size(width: 0, height: 0)
    var theme: Theme
    var events: [String] = []
    var input = TextInput()
    var isTyping = false

    mutating func update(_ input: Input<Message>) -> [Effect] {
        switch input {
        case .message: events.append("worked")
        case .tick: break
        case .event(let event): return take(event)
        }
        return []
    }

    private mutating func take(_ event: Event) -> [Effect] {
        if case .resize(let size) = event { self.size = size }
        events = events.suffix(8) + [Self.describe(event)]
        if isTyping, event != .key(.enter) {
            _ = input.handle(event)
            return []
        }
        switch event {
        case .key("q"), .terminate: return [.quit]
        case .key("ctrl+z"), .suspend: return [.suspend]
        case .key("C"): return [.crash]
        case .key("S"): return [.fault]
        case .key("O"): return [.overflow]
        case .key("E"): return [.complain]
        case .key("e"): return [.hand]
        case .key("y"): return [.copy]
        case .key("w"): return [.work]
        case .key("i"), .key(.enter): isTyping.toggle()
        default: break
        }
        return []
    }

    private static func describe(_ event: Event) -> String {
        guard case .mouse(let mouse) = event else { return "\(event)" }
        return "\(mouse.action) at \(mouse.position.x),\(mouse.position.y)"
    }

    func draw(on canvas: inout Canvas) {
        canvas.fill(canvas.bounds, style: theme[.text])
        canvas.line(
            "Demo › size \(size.width)x\(size.height) · colors \(theme.colors)",
            in: canvas.bounds,
            style: theme[.title]
        )
        canvas.write("wide |漢字|한글|🚀|e\u{301}|", x: 0, y: 1, style: theme[.success])
        canvas.line("chosen", in: canvas.bounds.row(2), style: theme.style(.selectionText, on: .selection))
        for (row, event) in events.suffix(6).enumerated() {
            canvas.write("event \(event)", x: 0, y: 4 + row, style: theme[.muted])
        }
        input.draw(
            in: canvas.bounds.row(11),
            on: &canvas,
            theme: theme,
            isFocused: isTyping,
            placeholder: "nothing typed"
        )
        canvas.write("the end", x: canvas.size.width - 7, y: canvas.size.height - 1, style: theme[.accent])
    }
}

func overflow(_ depth: Int) -> Int {
    depth < 0 ? 0 : depth + overflow(depth + 1) + 1
}

func perform(_ effect: Demo.Effect, _ runtime: Runtime<Demo>) {
    switch effect {
    case .quit: runtime.quit()
    case .suspend: runtime.suspend()
    case .crash: fatalError("the deliberate crash")
    case .fault: UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
    case .overflow: print(overflow(0))
    case .complain: fputs("noise of a library\n", stderrFile())
    case .hand:

        let command = ForegroundCommand(shell: "echo handed over; read answer; echo got $answer")
        runtime.release { _ = command.run() }
    case .copy: _ = runtime.copy("漢字")
    case .work: runtime.start { mailbox in mailbox.post(.worked) }
    }
}

/// Swift 6 takes `stderr` for shared mutable state.
func stderrFile() -> UnsafeMutablePointer<FILE>? {
    fdopen(dup(STDERR_FILENO), "w").map { file in
        setvbuf(file, nil, _IONBF, 0)
        return file
    }
}

do {
    try NcursesTerminal.withTerminal { terminal in
        let demo = Demo(theme: Theme(.terminal, colors: terminal.colors))
        Runtime(demo, on: terminal, perform: perform).run()
    }
    print("goodbye")
} catch {
    print("demo: \(error)")
    exit(2)
}
