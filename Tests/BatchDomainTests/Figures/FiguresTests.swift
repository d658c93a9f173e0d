import BatchDomain
import Testing

struct FiguresTests {
    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-4321, "-4,321")])
    func `counts have their thousands apart`(number: Int, text: String) {
        #expect(Figures.count(number) == text)
    }

    @Test(arguments: [
        (0.84, "0.8 s"), (42, "42 s"), (125, "2 m 05 s"), (3780, "1 h 03 m"), (273_600, "3 d 4 h"), (-1, "–"),
        (Double.infinity, "–"),
    ])
    func `durations are as exact as it matters`(seconds: Double, text: String) {
        #expect(Figures.duration(seconds) == text)
    }

    @Test(arguments: [(0.999, "99 %"), (1, "100 %"), (0, "0 %")])
    func `nothing is done before it is`(fraction: Double, text: String) {
        #expect(Figures.percent(fraction) == text)
    }

    @Test(arguments: [(0.4, "0:00:00"), (125, "0:02:05"), (36_000, "10:00:00"), (-1, "–")])
    func `logs have time spans as a clock has them`(seconds: Double, text: String) {
        #expect(Figures.clock(seconds) == text)
    }
}
