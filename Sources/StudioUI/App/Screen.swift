/// A page that is open.
struct Screen {
    /// Distinguishes screens, also two of the same page.
    let id: Int
    var page: any Page
    /// The query of its page when it was last sent.
    var asked: Set<Query> = []
    /// What is known for the previews of its rows.
    var preview = PreviewState()
}
