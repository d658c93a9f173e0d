/// A control sequence of a terminal: `ESC [`, parameters, one final byte.
struct CSISequence {
    var parameters: [Int]
    /// `<`, `?` and the like before the parameters; 0 if there is none.
    var prefix: UInt8
    var final: UInt8

    /// The whole sequence, from Escape to the final byte.
    init(_ bytes: ArraySlice<UInt8>) {
        var body = bytes.dropFirst(2)
        final = body.popLast() ?? 0
        prefix = 0
        if let first = body.first, (0x3c...0x3f).contains(first) {
            prefix = first
            body = body.dropFirst()
        }
        parameters = body.split(separator: 0x3b, omittingEmptySubsequences: false).map { digits in
            // A colon begins a sub-parameter of the kitty keyboard protocol, which no event here needs.
            digits.prefix { $0 != 0x3a }.reduce(0) { sum, digit in
                (0x30...0x39).contains(digit) ? min(sum * 10 + Int(digit - 0x30), 99_999) : sum
            }
        }
    }

    private func parameter(_ index: Int, default value: Int) -> Int {
        index < parameters.count && parameters[index] > 0 ? parameters[index] : value
    }

    /// The event of the sequence; nil for an unknown one.
    var event: Event? {
        switch (prefix, final) {
        case (0x3c, UInt8(ascii: "M")), (0x3c, UInt8(ascii: "m")): return mouse.map(Event.mouse)
        case (0, UInt8(ascii: "I")): return .focus(true)
        case (0, UInt8(ascii: "O")): return .focus(false)
        case (0, UInt8(ascii: "Z")): return .key(.backTab)
        case (0, UInt8(ascii: "~")): return tildeKey.map(Event.key)
        case (0, UInt8(ascii: "u")): return Key(scalar: parameter(0, default: 0), modifiers(1)).map(Event.key)
        case (0, _): return Self.letters[final].map { .key(Key($0, modifiers(1))) }
        default: return nil
        }
    }

    /// Keys known by their final letter, after `ESC [` and after `ESC O`.
    static let letters: [UInt8: Key.Code] = [
        0x41: .up, 0x42: .down, 0x43: .right, 0x44: .left, 0x46: .end, 0x48: .home,
        0x50: .function(1), 0x51: .function(2), 0x52: .function(3), 0x53: .function(4),
    ]

    private static let tildes: [Int: Key.Code] = [
        1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
        11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5), 17: .function(6),
        18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10), 23: .function(11), 24: .function(12),
    ]

    private var tildeKey: Key? {
        let number = parameter(0, default: 0)
        // xterm's modifyOtherKeys: CSI 27 ; modifiers ; character ~
        if number == 27, parameters.count == 3 { return Key(scalar: parameters[2], modifiers(1)) }
        return Self.tildes[number].map { Key($0, modifiers(1)) }
    }

    /// xterm sends one more than the sum of shift 1, alt 2 and control 4.
    private func modifiers(_ index: Int) -> Key.Modifiers {
        Key.Modifiers(rawValue: UInt8((parameter(index, default: 1) - 1) & 7))
    }

    private var mouse: Mouse? {
        guard parameters.count == 3, parameters[1] > 0, parameters[2] > 0 else { return nil }
        let code = parameters[0]
        let position = Point(x: parameters[1] - 1, y: parameters[2] - 1)
        if code & 64 != 0 {
            // 66 and 67 are the sideways wheel.
            guard code & 2 == 0 else { return nil }
            return Mouse(code & 1 == 0 ? .scrollUp : .scrollDown, at: position)
        }
        let buttons: [Mouse.Button] = [.left, .middle, .right]
        guard code & 3 < 3 else { return nil }
        let button = buttons[code & 3]
        if final == UInt8(ascii: "m") { return Mouse(.release(button), at: position) }
        return Mouse(code & 32 == 0 ? .press(button) : .drag(button), at: position)
    }
}

extension Key {
    /// The key that types a scalar, or that a control character stands for.
    init?(scalar value: Int, _ modifiers: Modifiers = []) {
        switch value {
        case 0: self.init(.character(" "), modifiers.union(.control))
        case 8, 127: self.init(.backspace, modifiers)
        case 9: self.init(.tab, modifiers)
        case 10, 13: self.init(.enter, modifiers)
        case 27: self.init(.escape, modifiers)
        case 1...26:
            guard let letter = Unicode.Scalar(UInt32(value + 96)) else { return nil }
            self.init(.character(Character(letter)), modifiers.union(.control))
        case 28...31:
            guard let sign = Unicode.Scalar(UInt32(value + 64)) else { return nil }
            self.init(.character(Character(sign)), modifiers.union(.control))
        default:
            guard let scalar = Unicode.Scalar(UInt32(value)) else { return nil }
            // Shift is in the character already.
            self.init(.character(Character(scalar)), modifiers.subtracting(.shift))
        }
    }
}
