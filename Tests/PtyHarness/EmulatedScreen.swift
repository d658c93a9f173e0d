import CVTerm

/// What a terminal would show of the bytes it got (libvterm).
final class EmulatedScreen {
    /// What programs switch on and off.
    final class Properties {
        var showsAlternateScreen = false
        var showsCursor = true
    }

    let properties = Properties()
    private let terminal: OpaquePointer
    private let screen: OpaquePointer
    private let callbacks: UnsafeMutablePointer<VTermScreenCallbacks>

    init(rows: Int, columns: Int) {
        guard let terminal = vterm_new(Int32(rows), Int32(columns)), let screen = vterm_obtain_screen(terminal) else {
            preconditionFailure("libvterm gives no terminal")
        }
        self.terminal = terminal
        self.screen = screen
        callbacks = .allocate(capacity: 1)
        callbacks.initialize(to: VTermScreenCallbacks())
        callbacks.pointee.settermprop = { property, value, user in
            guard let user, let value else { return 0 }
            let properties = Unmanaged<Properties>.fromOpaque(user).takeUnretainedValue()
            switch property {
            case VTERM_PROP_ALTSCREEN: properties.showsAlternateScreen = value.pointee.boolean != 0
            case VTERM_PROP_CURSORVISIBLE: properties.showsCursor = value.pointee.boolean != 0
            default: break
            }
            return 1
        }
        vterm_set_utf8(terminal, 1)
        vterm_screen_set_callbacks(screen, callbacks, Unmanaged.passUnretained(properties).toOpaque())
        vterm_screen_enable_altscreen(screen, 1)
        vterm_screen_reset(screen, 1)
    }

    deinit {
        vterm_free(terminal)
        callbacks.deallocate()
    }

    /// Shows bytes, and gives back what the terminal answers to questions among them.
    func show(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        bytes.withUnsafeBytes { buffer in
            _ = vterm_input_write(terminal, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
        }
        var answer: [CChar] = Array(repeating: 0, count: 4096)
        let count = vterm_output_read(terminal, &answer, answer.count)
        return answer.prefix(count).map { UInt8(bitPattern: $0) }
    }

    func resize(rows: Int, columns: Int) {
        vterm_set_size(terminal, Int32(rows), Int32(columns))
    }

    var cursor: (row: Int, column: Int) {
        var position = VTermPos(row: 0, col: 0)
        vterm_state_get_cursorpos(vterm_obtain_state(terminal), &position)
        return (Int(position.row), Int(position.col))
    }

    var lines: [String] {
        var rows: Int32 = 0
        var columns: Int32 = 0
        vterm_get_size(terminal, &rows, &columns)
        return (0..<rows).map { line($0, columns: columns) }
    }

    private func line(_ row: Int32, columns: Int32) -> String {
        var line = String.UnicodeScalarView()
        var column: Int32 = 0
        while column < columns {
            var cell = VTermScreenCell()
            vterm_screen_get_cell(screen, VTermPos(row: row, col: column), &cell)
            let scalars = withUnsafeBytes(of: cell.chars) { Array($0.bindMemory(to: UInt32.self)) }
                .prefix { $0 != 0 }
                .compactMap(Unicode.Scalar.init)
            line.append(contentsOf: scalars.isEmpty ? [" "] : scalars)
            column += max(1, Int32(cell.width))
        }
        while line.last == " " { line.removeLast() }
        return String(line)
    }
}
