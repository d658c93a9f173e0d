/// FoundationEssentials has no logarithms, and this module imports no more than that.
extension Double {
    /// The natural logarithm of a positive, finite number, to the last digits of a double.
    var naturalLogarithm: Double {
        precondition(self > 0 && isFinite, "only positive, finite numbers have a logarithm here")
        var (exponent, mantissa) = (Double(exponent), significand)
        if mantissa > 2.0.squareRoot() { (exponent, mantissa) = (exponent + 1, mantissa / 2) }
        // ln m = 2 artanh ((m − 1) / (m + 1)), whose argument is 0.172 at most: 12 terms are exact to 1e-20.
        let argument = (mantissa - 1) / (mantissa + 1)
        let square = argument * argument
        let sum = stride(from: 23.0, through: 1, by: -2).reduce(0.0) { $0 * square + 1 / $1 }
        return exponent * 0.693_147_180_559_945_309 + 2 * argument * sum
    }

    /// The number as a power of ten and what is left, from 1 to less than 10; 0 for 0 and what is not finite.
    var scientific: (mantissa: Double, exponent: Int) {
        guard self != 0, isFinite else { return (self, 0) }
        // Powers of ten are exact up to 1e22: one division or product rounds once.
        var (power, exponent) = (1.0, 0)
        while magnitude / power >= 10 { (power, exponent) = (power * 10, exponent + 1) }
        while magnitude * power < 1, power < 1e300 { (power, exponent) = (power * 10, exponent - 1) }
        var mantissa = exponent > 0 ? magnitude / power : magnitude * power
        while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
        return (self < 0 ? -mantissa : mantissa, exponent)
    }
}
