import FoundationEssentials
import TerminalKit
import Themes

extension ThemeCatalog {
    /// The shipped themes and those of a folder of `*.yaml` files.
    static func load(folder: String?, colors: ColorDepth, current: String?) -> ThemeCatalog {
        var problems: [String] = []
        func entry(_ slug: String, _ text: String, place: String, isOwn: Bool) -> Entry? {
            do {
                return Entry(slug: slug, scheme: try SchemeFile.parse(text), isOwn: isOwn)
            } catch {
                problems.append("\(place): \(error)")
                return nil
            }
        }
        var entries = Themes.all.compactMap { entry($0.slug, $0.text, place: $0.slug, isOwn: false) }
        let names = folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) } ?? []
        for name in names.sorted() where name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
            guard let folder, let data = FileManager.default.contents(atPath: folder + "/" + name) else { continue }
            let slug = String(name.prefix { $0 != "." })
            let text = String(decoding: data, as: UTF8.self)
            if let own = entry(slug, text, place: folder + "/" + name, isOwn: true) { entries.append(own) }
        }
        return ThemeCatalog(entries, problems: problems, colors: colors, current: current ?? "dark")
    }
}
