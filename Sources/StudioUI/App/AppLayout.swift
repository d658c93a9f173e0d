import TerminalKit

/// Where the parts of the screen stand.
struct AppLayout {
    /// The smallest screen that shows anything useful.
    static let smallest = Size(width: 40, height: 12)

    let header: Rect
    let sections: Rect
    let breadcrumbs: Rect
    let body: Rect
    let hints: Rect
    /// Everything, for what lies on top.
    let whole: Rect
    let isTooSmall: Bool

    init(_ size: Size) {
        whole = Rect(size)
        isTooSmall = size.width < Self.smallest.width || size.height < Self.smallest.height
        let (header, afterHeader) = whole.splitTop(1)
        let (sections, afterSections) = afterHeader.splitTop(1)
        let (breadcrumbs, afterBreadcrumbs) = afterSections.splitTop(1)
        let (body, hints) = afterBreadcrumbs.splitBottom(1)
        self.header = header
        self.sections = sections
        self.breadcrumbs = breadcrumbs.inset(horizontal: 1)
        self.body = body
        self.hints = hints
    }
}
