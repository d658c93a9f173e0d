extension Style: CustomStringConvertible {
    package var description: String {
        let names: [(Attributes, String)] = [
            (.bold, "bold"), (.dim, "dim"), (.reverse, "reverse"), (.underline, "underline"), (.italic, "italic"),
        ]
        let words = names.filter { attributes.contains($0.0) }.map(\.1)
        return (["\(foreground) on \(background)"] + words).joined(separator: " ")
    }
}

extension Color: CustomStringConvertible {
    package var description: String {
        switch self {
        case .standard: "standard"
        case .indexed(let index): "ansi:\(index)"
        case .rgb(let rgb): "\(rgb)"
        }
    }
}

extension RGB: CustomStringConvertible {
    package var description: String {
        "#"
            + [red, green, blue].map { share in
                let digits = String(share, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }
            .joined()
    }
}
