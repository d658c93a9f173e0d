extension RGB {
    /// The colour that xterm gives to one of the palette's 256.
    package init(indexed index: UInt8) {
        let bright: [RGB] = [
            RGB(0, 0, 0), RGB(0xcd, 0, 0), RGB(0, 0xcd, 0), RGB(0xcd, 0xcd, 0),
            RGB(0, 0, 0xee), RGB(0xcd, 0, 0xcd), RGB(0, 0xcd, 0xcd), RGB(0xe5, 0xe5, 0xe5),
            RGB(0x7f, 0x7f, 0x7f), RGB(0xff, 0, 0), RGB(0, 0xff, 0), RGB(0xff, 0xff, 0),
            RGB(0x5c, 0x5c, 0xff), RGB(0xff, 0, 0xff), RGB(0, 0xff, 0xff), RGB(0xff, 0xff, 0xff),
        ]
        switch index {
        case 0..<16: self = bright[Int(index)]
        case 232...:
            let grey = 8 + 10 * (index - 232)
            self.init(grey, grey, grey)
        default:
            let place = Int(index) - 16
            self.init(Self.levels[place / 36], Self.levels[place / 6 % 6], Self.levels[place % 6])
        }
    }

    /// The six steps of each side of the colour cube.
    private static let levels: [UInt8] = [0, 95, 135, 175, 215, 255]

    /// The nearest of the palette's fixed 240; the first 16 are the user's own and can be anything.
    package var nearestIndexed: UInt8 {
        let place = 36 * Self.nearestLevel(red) + 6 * Self.nearestLevel(green) + Self.nearestLevel(blue)
        let cube = UInt8(16 + place)
        let mean = (Int(red) + Int(green) + Int(blue)) / 3
        let grey = UInt8(232 + min(23, max(0, (mean - 3) / 10)))
        return distance(to: RGB(indexed: grey)) < distance(to: RGB(indexed: cube)) ? grey : cube
    }

    private static func nearestLevel(_ share: UInt8) -> Int {
        if share < 48 { return 0 }
        return share < 115 ? 1 : (Int(share) - 35) / 40
    }

    /// The nearest of the first 8 or 16 colours, as xterm shows them.
    package func nearestANSI(of count: Int) -> UInt8 {
        let candidates = (0..<UInt8(max(1, min(16, count))))
        return candidates.min { distance(to: RGB(indexed: $0)) < distance(to: RGB(indexed: $1)) } ?? 7
    }

    private func distance(to other: RGB) -> Int {
        let red = Int(red) - Int(other.red)
        let green = Int(green) - Int(other.green)
        let blue = Int(blue) - Int(other.blue)
        return red * red + green * green + blue * blue
    }
}
