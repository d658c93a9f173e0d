import BatchDomain
import BatchManifest
import TerminalKit

extension DetailsNoun<EnvironmentContent> {
    /// The page of a version of an environment.
    static func environment(_ id: AssetVersion) -> Self {
        DetailsNoun(
            route: .environment(id),
            context: .environment,
            query: .environment(id),
            title: { _ in id.short },
            subject: { if case .environment(let content) = $0 { content } else { nil } },
            versions: { $0.versions.map { ($0.id.short, .environment($0.id)) } },
            users: \.users,
            copies: { content in
                let conda = content.asset.condaFile.map { [("Conda file", $0)] } ?? []
                let yaml = ManifestValue(content.asset).yaml
                return Copies([("Reference", id.description)] + conda + [("YAML", yaml)])
            },
            details: details,
            deletion: (.deleteEnvironment, .asset(.environment, id))
        )
    }

    private static func details(_ content: EnvironmentContent, _ scene: Scene) -> DetailLines {
        let asset = content.asset
        var lines = DetailLines()
        lines.heading("Environment")
        lines.field("Name", asset.name)
        lines.field("Version", asset.version)
        lines.field("Description", asset.description)
        lines.field("Image", asset.image.map { $0 + " (kept, not used on this machine)" } ?? "")
        lines.labels("Tags", asset.tags)
        lines.field("Created", scene.time.full(asset.createdAt))
        lines.heading("Packages")
        if let source = asset.source {
            lines.source(source)
        } else {
            lines.text("No file says what it needs; jobs get Python alone.", role: .warning)
        }
        if let conda = asset.condaFile {
            lines.heading("Conda file")
            lines.text(conda, role: .muted)
        }
        lines.users(content.users)
        lines.versions(content.versions.map { [$0.version, scene.date($0.createdAt), $0.description] })
        return lines
    }
}
