import BatchDomain
import TerminalKit

extension Preview {
    /// A model: its signature, its flavors, where it is used, its versions.
    static func model(_ row: Model) -> Preview {
        Preview(title: row.id.short, subject: .model(row.id)) { content, scene in
            var lines = DetailLines()
            var facts = [row.kind.rawValue, ByteSize.text(row.bytes)]
            if let mlflow = row.mlflow {
                facts += [mlflow.mlflowVersion.map { "MLflow " + $0 }, mlflow.pythonVersion.map { "Python " + $0 }]
                    .compactMap(\.self)
            }
            lines.text(facts.joined(separator: " · "), role: .muted)
            if !row.description.isEmpty { lines.text(row.description) }
            if let mlflow = row.mlflow { lines.signature(of: mlflow) }
            guard case .model(let known)? = content else { return lines }
            lines.users(known.users)
            lines.versions(known.versions.map { [$0.version, scene.date($0.createdAt), $0.description] })
            return lines
        }
    }

    /// An environment: its packages and what uses it.
    static func environment(_ row: EnvironmentAsset) -> Preview {
        Preview(title: row.id.short, subject: .environment(row.id)) { content, scene in
            var lines = DetailLines()
            if !row.description.isEmpty { lines.text(row.description) }
            lines.heading("Packages")
            if let source = row.source {
                lines.source(source)
            } else {
                lines.text("No file says what it needs; jobs get Python alone.", role: .warning)
            }
            guard case .environment(let known)? = content else { return lines }
            lines.users(known.users)
            lines.versions(known.versions.map { [$0.version, scene.date($0.createdAt), $0.description] })
            return lines
        }
    }

    /// A data asset: its first rows and its columns.
    static func data(_ row: DataAsset) -> Preview {
        Preview(title: row.id.short, subject: .data(row.id)) { content, scene in
            var lines = DetailLines()
            if !row.description.isEmpty { lines.text(row.description) }
            lines.field("Type", row.kind.rawValue)
            lines.field("Path", row.path.description, role: .link)
            guard case .data(let known, let head)? = content else { return lines }
            if let head {
                lines.add(head)
            } else {
                lines.text("The data is remote: f reads its first rows.", role: .muted)
            }
            lines.versions(known.versions.map { [$0.version, scene.date($0.createdAt), $0.description] })
            return lines
        }
    }

    /// A compute target: what it has, and what runs on it.
    static func compute(_ row: ComputeTarget) -> Preview {
        Preview(title: row.name, subject: .compute(row.name)) { content, scene in
            var lines = DetailLines()
            if !row.description.isEmpty { lines.text(row.description) }
            lines.field("Type", row.kind.rawValue)
            lines.field("Most instances", String(row.maxInstances))
            guard case .compute(let cores, let memory, let users, let jobs)? = content else { return lines }
            lines.field("Cores", "\(cores) of this machine")
            lines.field("Memory", ByteSize.text(memory))
            lines.heading("Jobs now")
            if jobs.isEmpty { lines.text("No job runs or waits here.", role: .muted) }
            for (index, job) in jobs.enumerated() {
                if index > 0 { lines.blank() }
                lines.text(job.title)
                lines.progress(of: job, scene)
            }
            lines.users(users)
            return lines
        }
    }
}

extension DetailLines {
    /// The signature and the flavors of an MLflow model.
    mutating func signature(of mlflow: MLflowModel) {
        if let signature = mlflow.signature {
            add("Inputs", signature.inputs)
            add("Outputs", signature.outputs)
            if !signature.parameters.isEmpty { add("Parameters", signature.parameters) }
        } else {
            heading("Signature")
            text("none: columns are passed on as they are, unchecked.", role: .muted)
        }
        heading("Flavors")
        text(mlflow.flavors.map(\.name).joined(separator: " · "))
    }

    private mutating func add(_ title: String, _ fields: [ModelSignature.Field]) {
        heading("\(title)  \(Figures.count(fields.count))")
        let rows = fields.map { field in
            [
                DetailPart(field.name ?? "–"), DetailPart(field.type, .muted),
                DetailPart(field.defaultValue.map { "default " + $0 } ?? (field.isRequired ? "" : "optional"), .muted),
            ]
        }
        table(DetailTable(["Name", "Type", ""], rows))
    }

    /// The files and the first rows of data.
    fileprivate mutating func add(_ head: DataHead) {
        let more = head.hasMore ? "more than " : ""
        field("Files", "\(more)\(Figures.count(head.files)) · \(more)\(ByteSize.text(head.bytes))")
        if let remark = head.remark { text("! " + remark, role: .warning) }
        guard let file = head.file, !head.header.isEmpty else { return }
        heading("First rows of \(file)")
        table(head.header, head.rows.prefix(8).map { $0 })
        heading("Columns  \(Figures.count(head.header.count))")
        let examples = head.rows.first ?? []
        let rows = head.header.enumerated().map { index, name in
            [DetailPart(name), DetailPart(index < examples.count ? examples[index] : "–", .muted)]
        }
        table(DetailTable(["Name", "Example"], rows))
    }
}
