/// Turns the bytes of a terminal into events, wherever a read happens to split them.
///
/// ncurses could do it, but `wget_wch` loses a character that is split over two reads, and what terminfo does not know is typed
/// as text (measured on 6.4); so ncurses only draws.
package struct EventDecoder: Sendable {
    private var pending: ArraySlice<UInt8> = []
    private var mode = Mode.keys
    private let sequences: KeySequences

    private enum Mode {
        case keys
        case paste(PasteBuffer)
        /// Inside an answer of the terminal (OSC, DCS and the like) that was not requested, begun by `ESC` and this byte.
        case unwantedText(UInt8, hasBegun: Bool)
    }

    /// Starts with nothing read, knowing the sequences of a terminal.
    package init(sequences: KeySequences = KeySequences()) {
        self.sequences = sequences
    }

    /// True when an Escape waits for what follows: it is a key by itself if nothing does within some 25 ms.
    package var isWaiting: Bool {
        switch mode {
        case .keys: pending.first == 0x1b
        case .unwantedText: true
        case .paste: false
        }
    }

    /// Takes bytes in and gives back the events they complete.
    package mutating func decode(_ bytes: some Sequence<UInt8>) -> [Event] {
        pending.append(contentsOf: bytes)
        var events: [Event] = []
        while !pending.isEmpty, let step = step() {
            if case .event(let event) = step { events.append(event) }
        }
        // Slices keep their indices; without this they grow for ever.
        if pending.isEmpty { pending = [] }
        return events
    }

    /// Settles what an Escape was after nothing followed it: the key, Alt with a character, or a cut sequence to forget.
    package mutating func resolvePending() -> [Event] {
        guard isWaiting else { return [] }
        defer {
            pending = []
            mode = .keys
        }
        if case .unwantedText(let opener, let hasBegun) = mode {
            // Alt and `]` looks like the beginning of such a text; a text that never ends must not swallow every later key.
            return hasBegun ? [] : Key(scalar: Int(opener), .alt).map { [.key($0)] } ?? []
        }
        switch Array(pending) {
        case [0x1b]: return [.key(.escape)]
        case [0x1b, 0x1b]: return [.key(.escape), .key(.escape)]
        case let bytes where bytes.count == 2: return Key(scalar: Int(bytes[1]), .alt).map { [.key($0)] } ?? []
        default: return []
        }
    }

    private enum Step {
        case event(Event)
        /// Something was read that means nothing to a program.
        case nothing
    }

    /// Reads one thing off the front; nil when more bytes are needed.
    private mutating func step() -> Step? {
        switch mode {
        case .keys: return keyStep()
        case .paste(var paste):
            // Let go of the buffer before it grows, or every read copies it.
            mode = .keys
            guard let text = paste.take(&pending) else {
                mode = .paste(paste)
                return nil
            }
            return .event(.paste(text))
        case .unwantedText(let opener, _):
            mode = .unwantedText(opener, hasBegun: true)
            return unwantedStep()
        }
    }

    /// Such text ends with BEL or with ESC \.
    private mutating func unwantedStep() -> Step? {
        guard let end = pending.firstIndex(where: { $0 == 0x07 || $0 == 0x1b }) else {
            pending = []
            return nil
        }
        let isEscape = pending[end] == 0x1b
        pending = isEscape ? pending[end...] : pending[(end + 1)...]
        guard isEscape else { return finishUnwanted() }
        guard pending.count > 1 else { return nil }
        // Any other sequence begun here cuts the text off, and is read as usual.
        if pending[pending.startIndex + 1] == 0x5c { pending = pending.dropFirst(2) }
        return finishUnwanted()
    }

    private mutating func finishUnwanted() -> Step {
        mode = .keys
        return .nothing
    }

    private mutating func keyStep() -> Step? {
        guard let first = pending.first else { return nil }
        guard first == 0x1b else { return character(first) }
        switch sequences.match(pending) {
        case .key(let key, let length): return take(length, .key(key))
        case .begun: return nil
        case .none: return escape()
        }
    }

    private mutating func take(_ count: Int, _ event: Event?) -> Step {
        pending = pending.dropFirst(count)
        return event.map(Step.event) ?? .nothing
    }

    private mutating func escape() -> Step? {
        guard pending.count > 1 else { return nil }
        let second = pending[pending.startIndex + 1]
        switch second {
        case 0x5b: return csi()
        case 0x4f:  // SS3: one letter follows
            guard pending.count > 2 else { return nil }
            return take(3, CSISequence.letters[pending[pending.startIndex + 2]].map { .key(Key($0)) })
        case 0x5d, 0x50, 0x58, 0x5e, 0x5f:  // OSC, DCS, SOS, PM, APC
            mode = .unwantedText(second, hasBegun: false)
            return take(2, nil)
        case 0x1b:  // Alt with a key that sends a sequence itself, or Escape twice
            return altSequence()
        default: return altCharacter(second)
        }
    }

    private mutating func csi() -> Step? {
        let body = pending.dropFirst(2)
        guard let end = body.firstIndex(where: { !(0x20...0x3f).contains($0) }) else { return nil }
        // A control byte inside means the sequence was cut; what cut it is read by itself.
        guard (0x40...0x7e).contains(pending[end]) else {
            return take(end - pending.startIndex, nil)
        }
        let sequence = pending[...end]
        if sequence.elementsEqual("\u{1b}[200~".utf8) { mode = .paste(PasteBuffer()) }
        // The old mouse report of X10 has three bytes more, which are not text.
        let isOldMouse = sequence.count == 3 && pending[end] == UInt8(ascii: "M")
        if isOldMouse, pending.count < 6 { return nil }
        return take(isOldMouse ? 6 : sequence.count, isOldMouse ? nil : CSISequence(sequence).event)
    }

    private mutating func altSequence() -> Step? {
        guard pending.count > 2 else { return nil }
        let third = pending[pending.startIndex + 2]
        guard third == 0x5b || third == 0x4f else { return take(1, .key(.escape)) }
        let whole = pending
        pending = pending.dropFirst()
        guard let step = keyStep() else {
            pending = whole
            return nil
        }
        guard case .event(.key(let key)) = step else { return step }
        return .event(.key(Key(key.code, key.modifiers.union(.alt))))
    }

    private mutating func altCharacter(_ byte: UInt8) -> Step? {
        guard byte >= 0x80 else { return take(2, Key(scalar: Int(byte), .alt).map(Event.key)) }
        let whole = pending
        pending = pending.dropFirst()
        guard let step = character(byte) else {
            pending = whole
            return nil
        }
        guard case .event(.key(let key)) = step else { return step }
        return .event(.key(Key(key.code, key.modifiers.union(.alt))))
    }

    /// One character of UTF-8; bytes that cannot be one are passed over.
    private mutating func character(_ first: UInt8) -> Step? {
        let length =
            switch first {
            case ..<0x80: 1
            case 0xc2..<0xe0: 2
            case 0xe0..<0xf0: 3
            case 0xf0..<0xf5: 4
            default: 0
            }
        guard length > 0 else { return take(1, nil) }
        let bytes = pending.prefix(length)
        if let broken = bytes.dropFirst().firstIndex(where: { $0 & 0xc0 != 0x80 }) {
            return take(broken - pending.startIndex, nil)
        }
        guard bytes.count == length else { return nil }
        let scalar = String(decoding: bytes, as: UTF8.self).unicodeScalars.first
        return take(length, scalar.flatMap { Key(scalar: Int($0.value)) }.map(Event.key))
    }
}
