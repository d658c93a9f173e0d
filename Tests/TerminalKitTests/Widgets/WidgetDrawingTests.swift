import TerminalKit
import Testing

struct WidgetDrawingTests {
    static let sizes = [Size(width: 80, height: 24), Size(width: 40, height: 12), Size(width: 120, height: 36)]

    @Test(arguments: Exhibit.all, sizes)
    func `a component looks as recorded`(exhibit: Exhibit, size: Size) throws {
        var canvas = Canvas(size)
        exhibit.draw(canvas.bounds.intersection(Rect(x: 0, y: 0, width: 999, height: 20)), &canvas, .test)
        try expectGolden(canvas, "\(exhibit.name)-\(size.width)x\(size.height)")
    }

    @Test(arguments: Exhibit.all)
    func `a component draws at every size`(exhibit: Exhibit) async {
        for width in 0...60 {
            // Tests of the runtime wait for work on the same few threads.
            await Task.yield()
            for height in 0...20 {
                var canvas = Canvas(Size(width: width, height: height))
                exhibit.draw(canvas.bounds, &canvas, .test)
            }
        }
    }

    @Test(arguments: Exhibit.all)
    func `a component stays inside its area`(exhibit: Exhibit) {
        let mark = Style(attributes: .italic)
        for (width, height) in [(30, 8), (9, 3), (1, 1), (50, 16)] {
            var canvas = Canvas(Size(width: 60, height: 20), style: mark)
            let area = Rect(x: 4, y: 2, width: width, height: height)
            exhibit.draw(area, &canvas, .test)
            let touched = (0..<20).flatMap { y in
                (0..<60).map { Point(x: $0, y: y) }.filter { point in
                    !area.contains(point) && canvas[point.x, point.y] != Cell(" ", mark)
                }
            }
            #expect(touched == [], "\(width)x\(height)")
        }
    }

    @Test(arguments: [ColorDepth.none, .ansi])
    func `the chosen row stands out without colours`(colors: ColorDepth) {
        var canvas = Canvas(Size(width: 40, height: 6))
        let table = Table(GalleryRow.columns, rows: GalleryRow.all)
        table.draw(TableState(), in: canvas.bounds, on: &canvas, theme: Theme(.testScheme, colors: colors))
        #expect(canvas[3, 1].style.attributes.contains(.reverse))
        #expect(!canvas[3, 2].style.attributes.contains(.reverse))
    }
}

extension Theme {
    static let test = Theme(.testScheme, colors: .direct)
}
