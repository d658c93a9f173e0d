extension String {
    /// Returns whether the text comes before another one as users sort: without regard to case, numbers by their value.
    package func naturallyPrecedes(_ other: String) -> Bool {
        var mine = self[...].unicodeScalars
        var theirs = other[...].unicodeScalars
        while let left = mine.first, let right = theirs.first {
            if left.isDigit, right.isDigit {
                let leftNumber = mine.takeNumber()
                let rightNumber = theirs.takeNumber()
                if leftNumber.count != rightNumber.count { return leftNumber.count < rightNumber.count }
                if leftNumber != rightNumber { return leftNumber < rightNumber }
            } else {
                let leftLetter = left.properties.lowercaseMapping
                let rightLetter = right.properties.lowercaseMapping
                if leftLetter != rightLetter { return leftLetter < rightLetter }
                _ = mine.popFirst()
                _ = theirs.popFirst()
            }
        }
        return mine.isEmpty && !theirs.isEmpty
    }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { value >= 0x30 && value <= 0x39 }
}

extension Substring.UnicodeScalarView {
    /// Takes the digits off the front; without leading zeros, their count decides which number is larger.
    fileprivate mutating func takeNumber() -> String {
        var digits = String.UnicodeScalarView()
        while let digit = first, digit.isDigit {
            _ = popFirst()
            if digit.value != 0x30 || !digits.isEmpty { digits.append(digit) }
        }
        return String(digits)
    }
}
