extension RGB {
    /// How bright the colour looks, 0 to 1 (WCAG 2.2, relative luminance).
    package var luminance: Double {
        0.2126 * Self.linear(red) + 0.7152 * Self.linear(green) + 0.0722 * Self.linear(blue)
    }

    /// The table of sRGB's curve, because its power function is in Foundation's neighbourhood only.
    private static let linearShares: [Double] = (0...255).map { share in
        let value = Double(share) / 255
        return value <= 0.04045 ? value / 12.92 : power24((value + 0.055) / 1.055)
    }

    private static func linear(_ share: UInt8) -> Double {
        linearShares[Int(share)]
    }

    /// x to the power of 2.4 = x² · ⁵√x², the root by Newton's method.
    private static func power24(_ base: Double) -> Double {
        let square = base * base
        var root = max(square, 0.2)
        for _ in 0..<40 { root -= (root * root * root * root * root - square) / (5 * root * root * root * root) }
        return square * root
    }
}
