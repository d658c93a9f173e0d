import Foundation
import Testing

@testable import BatchDomain

struct LogarithmTests {
    private static let numbers: [Double] = [
        .leastNonzeroMagnitude, 1e-300, 1e-4, 0.5, 0.7071, 0.99999999, 1, 1.4142136, 2, 10, 41.0 / 28, 1e9, 1.7e308,
    ]

    @Test(arguments: numbers) func `Logarithms are those of the system's library`(number: Double) {
        let expected = log(number)
        #expect(abs(number.naturalLogarithm - expected) <= abs(expected) * 4e-16)
    }

    @Test(arguments: numbers) func `A power of ten and what is left make up the number`(number: Double) {
        let (mantissa, exponent) = number.scientific
        #expect((1.0..<10).contains(mantissa))
        #expect(abs(log10(mantissa) + Double(exponent) - log10(number)) < 1e-10)
        #expect((-number).scientific.mantissa == -mantissa)
    }

    @Test func `Numbers are written with four digits at most`() {
        let numbers = [0, 12, 0.5, 1234.56, 0.000123456, 1e-7, 9.9999e-5, 1e12, -2.5]
        let texts = ["0", "12", "0.5", "1235", "0.0001235", "1.0e-7", "1.0e-4", "1.0e12", "-2.5"]
        #expect(numbers.map { ColumnProfile.number($0) } == texts)
    }
}
