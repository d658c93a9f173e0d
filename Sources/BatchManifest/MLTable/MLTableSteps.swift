import BatchDomain

/// The `transformations` of an MLTable file, as read options.
struct MLTableSteps {
    private(set) var options = ReadOptions()
    private(set) var problems: [Problem] = []
    private let isOneFile: Bool
    private var types: [String: ReadOptionValue] = [:]
    private var dates: [String: ReadOptionValue] = [:]
    private var seen: Set<String> = []
    /// Maximum problems that are reported for one file.
    private static let maxProblems = 50

    /// - Parameter isOneFile: Whether the table is exactly one file, so that its first file's header is every file's.
    init(isOneFile: Bool) { self.isOneFile = isOneFile }

    /// A transformation with its arguments.
    private struct Step {
        var name: String
        var node: YAMLNode
        var location: SourceLocation?

        var field: String { "transformations.\(name)" }
    }

    /// The transformations that are taken.
    private static let taken = [
        "read_delimited", "read_parquet", "read_json_lines", "convert_column_types", "keep_columns", "drop_columns",
        "extract_columns_from_partition_format", "take",
    ]

    /// Transformations that a batch job's input can't have, with what to do instead.
    private static let refused = [
        "read_delta_lake": "export the table's files as Parquet and read those with read_parquet",
        "filter": "write the rows that are wanted to files of their own",
        "skip": "write the rows that are wanted to files of their own; lines before a header are skipped by the read "
            + "option skip_rows",
        "take_random_sample": "write the sample to a file of its own, so that every run scores the same rows",
        "random_split": "write each part to files of its own",
        "sort": "sort the output; rows keep the order of the input",
        "distinct": "write the rows that are wanted to files of their own",
        "select_partitions": "name the files that are wanted in paths",
        "add_column": "add the column in the files or in the model",
        "replace": "replace the values in the files or in the model",
        "summarize": "summarize the output",
    ]

    /// Reads the list of transformations.
    mutating func read(_ node: YAMLNode) {
        guard let elements = node.elements else {
            report("transformations", node.location, rule: "must be a list, but it is \(node.noun)")
            return
        }
        for element in elements where problems.count < Self.maxProblems {
            if let name = element.text {
                read(Step(name: name, node: YAMLNode(.null, at: element.location), location: element.location))
            } else if let entries = element.entries, !entries.isEmpty {
                for entry in entries where problems.count < Self.maxProblems {
                    read(Step(name: entry.key, node: entry.value, location: entry.location))
                }
            } else {
                report("transformations", element.location, rule: "must name a transformation in each entry")
            }
        }
        if !types.isEmpty { set(.types, .mapping(types), "transformations.convert_column_types", node.location) }
        if !dates.isEmpty { set(.dateFormats, .mapping(dates), "transformations.convert_column_types", node.location) }
    }

    private mutating func read(_ step: Step) {
        if let instead = Self.refused[step.name] {
            report(step.field, step.location, rule: "is a transformation that batch jobs do not do: \(instead)")
            return
        }
        guard Self.taken.contains(step.name) else {
            let near = NearestKey.of(step.name, among: Self.taken + Self.refused.keys.sorted())
            let hint = near.map { "; did you mean '\($0)'?" } ?? "; they are \(Self.taken.joined(separator: ", "))"
            report(step.field, step.location, rule: "is not a transformation\(hint)")
            return
        }
        let kind = step.name.hasPrefix("read_") ? "read" : step.name
        if !seen.insert(kind).inserted, kind != "convert_column_types" {
            let rule =
                kind == "read" ? "is a second way to read the files; keep one" : "is given more than once; keep one"
            report(step.field, step.location, rule: rule)
            return
        }
        switch step.name {
        case "read_delimited": readDelimited(step)
        case "read_parquet": readFormat("parquet", step, taking: [])
        case "read_json_lines": readFormat("json_lines", step, taking: ["encoding", "invalid_lines"])
        case "convert_column_types": convertColumnTypes(step)
        case "keep_columns": names(.columns, step)
        case "drop_columns": names(.dropColumns, step)
        case "take": set(.take, typed(step.node), step.field, step.node.location ?? step.location)
        default: set(.partitionFormat, partitionFormat(step.node), step.field, step.node.location ?? step.location)
        }
    }

    // MARK: Formats

    private mutating func readDelimited(_ step: Step) {
        let keys = ["delimiter", "header", "encoding", "empty_as_string", "infer_column_types", "support_multi_line"]
        // Azure's defaults, which are sent to the worker: else it would take what the content says.
        set(.delimiter, .text(","), step.field, step.location)
        set(.header, .truth(true), step.field, step.location)
        readFormat("delimited", step, taking: keys)
    }

    private mutating func readFormat(_ format: String, _ step: Step, taking keys: [String]) {
        set(.format, .text(format), step.field, step.location)
        guard !step.node.isNull else { return }
        guard let arguments = step.node.entries else {
            report(step.field, step.node.location, rule: "must be a mapping, but it is \(step.node.noun)")
            return
        }
        // What the SDK writes beside: the size of the parts that it reads in, and the path column's name.
        let known = keys + ["include_path_column", "path_column", "partition_size"]
        for argument in arguments where problems.count < Self.maxProblems {
            let field = "\(step.field).\(argument.key)"
            guard known.contains(argument.key) else {
                let near = NearestKey.of(argument.key, among: known).map { "; did you mean '\($0)'?" }
                let hint = near ?? "; they are \((keys + ["include_path_column"]).joined(separator: ", "))"
                report(field, argument.location, rule: "is not an argument of \(step.name)\(hint)")
                continue
            }
            if !argument.value.isNull { read(argument, field) }
        }
    }

    private mutating func read(_ argument: YAMLNode.Entry, _ field: String) {
        let (node, location) = (argument.value, argument.value.location)
        switch argument.key {
        case "delimiter": set(.delimiter, typed(node), field, location)
        case "encoding": set(.encoding, typed(node), field, location)
        case "invalid_lines": set(.invalidLines, typed(node), field, location)
        case "header": header(node, field)
        case "include_path_column":
            if truth(node, field) == true { set(.includePathColumn, .truth(true), field, location) }
        case "path_column" where node.text != "Path":
            report(
                field,
                location,
                value: node.text,
                rule: "must be Path: the column has no other name",
                example: "Path"
            )
        case "support_multi_line": _ = truth(node, field)
        case "empty_as_string" where truth(node, field) == true:
            report(
                field,
                location,
                value: "true",
                rule:
                    "can't be done for all columns: leave it out. An empty cell of a required text column is an empty text"
            )
        case "infer_column_types" where node.entries != nil || truth(node, field) == false:
            report(
                field,
                location,
                rule:
                    "must be true: leave it out. A model's signature gives the types; without one, convert_column_types does"
            )
        default: break
        }
    }

    private mutating func header(_ node: YAMLNode, _ field: String) {
        switch node.text?.lowercased() {
        case "no_header", "false": set(.header, .truth(false), field, node.location)
        case "all_files_same_headers", "all_files_different_headers", "true":
            set(.header, .truth(true), field, node.location)
        case "from_first_file" where isOneFile: set(.header, .truth(true), field, node.location)
        case "from_first_file":
            report(
                field,
                node.location,
                value: "from_first_file",
                rule:
                    "takes the other files' first lines for data, but each file is read by itself: give the first file its "
                    + "own table, or use no_header and the read option column_names"
            )
        default:
            report(
                field,
                node.location,
                value: node.text,
                rule: "must be one of no_header, from_first_file, all_files_different_headers, all_files_same_headers",
                example: "all_files_same_headers"
            )
        }
    }

    // MARK: Columns

    private mutating func names(_ option: ReadOption, _ step: Step) {
        let value = step.node.text.map { ReadOptionValue.list([.text($0)]) } ?? typed(step.node)
        set(option, value, step.field, step.node.location ?? step.location)
    }

    private mutating func convertColumnTypes(_ step: Step) {
        guard let elements = step.node.elements else {
            report(step.field, step.node.location ?? step.location, rule: "must be a list of columns and column_type")
            return
        }
        for element in elements where problems.count < Self.maxProblems {
            for entry in element.entries ?? [] where !["columns", "column_type"].contains(entry.key) {
                let near = NearestKey.of(entry.key, among: ["columns", "column_type"]).map { "; did you mean '\($0)'?" }
                let rule = "is not an argument of convert_column_types\(near ?? "")"
                report("\(step.field).\(entry.key)", entry.location, rule: rule)
            }
            guard let columns = columns(element["columns"]), let type = element["column_type"] else {
                report(step.field, element.location, rule: "must have columns and column_type in each entry")
                continue
            }
            convert(columns, to: type, "\(step.field).column_type")
        }
    }

    private func columns(_ node: YAMLNode?) -> [String]? {
        if let text = node?.text { return [text] }
        let names = node?.elements?.compactMap(\.text)
        return names?.isEmpty == false ? names : nil
    }

    private mutating func convert(_ columns: [String], to type: YAMLNode, _ field: String) {
        guard let name = type.text ?? type.entries?.first?.key, type.entries.map({ $0.count == 1 }) ?? true else {
            report(field, type.location, rule: "must be a type", example: "string")
            return
        }
        let arguments = type.entries?.first?.value.entries ?? []
        // Azure's whole numbers and fractions have 64 bits.
        let types = [
            "string": "string", "int": "long", "integer": "long", "long": "long", "float": "double", "double": "double",
            "boolean": "boolean", "datetime": "datetime",
        ]
        guard let meant = types[name] else {
            let words = types.keys.sorted()
            let near = NearestKey.of(name, among: words).map { "; did you mean '\($0)'?" } ?? ""
            report(
                field,
                type.location,
                value: name,
                rule: "must be one of \(words.joined(separator: ", "))\(near)",
                example: "string"
            )
            return
        }
        for column in columns {
            if self.types[column] != nil {
                report(field, type.location, value: column, rule: "is a column that has a type already")
            }
            self.types[column] = .text(meant)
        }
        for argument in arguments { convert(columns, argument, of: name, field) }
    }

    private mutating func convert(_ columns: [String], _ argument: YAMLNode.Entry, of type: String, _ field: String) {
        let formats = argument.value.text.map { ReadOptionValue.text($0) } ?? typed(argument.value)
        switch (type, argument.key) {
        case ("datetime", "formats"):
            for column in columns { set(formats, ofDatesIn: column, "\(field).datetime.formats", argument.location) }
        case ("boolean", "mismatch_as") where argument.value.text == "error": break
        default:
            report(
                "\(field).\(type).\(argument.key)",
                argument.location,
                rule: "is not taken: "
                    + (type == "boolean"
                        ? "write the column as true and false, or convert it in the model"
                        : "only datetime has an argument, formats")
            )
        }
    }

    private mutating func set(
        _ formats: ReadOptionValue,
        ofDatesIn column: String,
        _ field: String,
        _ location: SourceLocation?
    ) {
        let count = problems.count
        // Each column is validated alone: all of them again with each one would take its time.
        var alone = MLTableSteps(isOneFile: isOneFile)
        alone.set(.dateFormats, .mapping([column: formats]), field, location)
        problems += alone.problems
        if problems.count == count { dates[column] = formats }
    }

    /// Azure's documentation has it without quotes, which makes a mapping of `{day:yyyy/MM/dd}`.
    private func partitionFormat(_ node: YAMLNode) -> ReadOptionValue {
        if let entry = node.entries?.first, node.entries?.count == 1, entry.value.isNull {
            return .text("{\(entry.key)}")
        }
        return typed(node)
    }

    // MARK: Values

    private mutating func truth(_ node: YAMLNode, _ field: String) -> Bool? {
        if let truth = node.text.flatMap({ Bool($0.lowercased()) }) { return truth }
        report(field, node.location, value: node.text, rule: "must be true or false", example: "false")
        return nil
    }

    private func typed(_ node: YAMLNode) -> ReadOptionValue {
        switch node.content {
        case .null: .text("")
        case .scalar(let text, _): .text(text)
        case .sequence(let nodes): .list(nodes.map { typed($0) })
        case .mapping(let entries): .mapping(Dictionary(entries.map { ($0.key, typed($0.value)) }) { $1 })
        }
    }

    private mutating func set(
        _ option: ReadOption,
        _ value: ReadOptionValue,
        _ field: String,
        _ location: SourceLocation?
    ) {
        do {
            try options.set(option, to: value)
        } catch {
            for problem in error.problems {
                var problem = problem
                (problem.field, problem.location) = (field + problem.field.dropFirst(option.key.count), location)
                problems.append(problem)
            }
        }
    }

    private mutating func report(
        _ field: String,
        _ location: SourceLocation?,
        value: String? = nil,
        rule: String,
        example: String? = nil
    ) {
        problems.append(Problem(field: field, value: value, rule: rule, example: example, location: location))
    }
}
