import FoundationEssentials
import TerminalKit

/// The surroundings of a page: its place on the screen, the colors, the time.
struct Scene {
    /// The part of the screen that belongs to the page.
    var area: Rect
    /// The colours.
    var theme: Theme
    /// The time of the last thing that happened.
    var now: Date
    /// The clock on the wall.
    var time: LocalTime
    /// True when a preview stands beside the page.
    var hasPane = false

    /// The same in another place.
    func at(_ area: Rect) -> Scene {
        var scene = self
        scene.area = area
        return scene
    }

    /// A date as tables show it.
    func date(_ date: Date) -> String { time.short(date, now: now) }
}
