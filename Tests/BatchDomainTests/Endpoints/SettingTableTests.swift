import BatchDomain
import TestSupport
import Testing

/// Azure's table of settings, copied by hand, against the record that everything reads.
struct SettingTableTests {
    /// A row: key, default, values that are taken, values that are not, and what overrides it at invoke in Azure.
    struct Row: CustomStringConvertible, Sendable {
        var key: String
        var byDefault: String
        var taken: [String]
        var refused: [String]
        var isOverridableInAzure: Bool

        var description: String { key }
    }

    static let rows = [
        Row(
            key: "resources.instance_count",
            byDefault: "1",
            taken: ["1", "100"],
            refused: ["0", "-1", "two"],
            isOverridableInAzure: true
        ),
        Row(
            key: "resources.gpus",
            byDefault: "0",
            taken: ["0", "8"],
            refused: ["-1", "all"],
            isOverridableInAzure: false
        ),
        Row(
            key: "max_concurrency_per_instance",
            byDefault: "1",
            taken: ["1", "64"],
            refused: ["0", "1.5"],
            isOverridableInAzure: false
        ),
        Row(
            key: "workers_per_gpu",
            byDefault: "1",
            taken: ["1", "4"],
            refused: ["0", "half"],
            isOverridableInAzure: false
        ),
        Row(
            key: "mini_batch_size",
            byDefault: "10",
            taken: ["1", "100000"],
            refused: ["0", "1MB"],
            isOverridableInAzure: true
        ),
        Row(
            key: "output_action",
            byDefault: "append_row",
            taken: ["append_row", "summary_only"],
            refused: ["append", ""],
            isOverridableInAzure: false
        ),
        Row(
            key: "output_file_name",
            byDefault: "predictions.csv",
            taken: ["scores.csv", "x"],
            refused: ["", "..", "a/b.csv"],
            isOverridableInAzure: true
        ),
        Row(
            key: "retry_settings.max_retries",
            byDefault: "3",
            taken: ["0", "1", "10"],
            refused: ["-1", "x"],
            isOverridableInAzure: true
        ),
        Row(
            key: "retry_settings.timeout",
            byDefault: "30",
            taken: ["1", "259200"],
            refused: ["0", "PT30S"],
            isOverridableInAzure: true
        ),
        Row(
            key: "error_threshold",
            byDefault: "-1",
            taken: ["-1", "0", "2147483647"],
            refused: ["-2", "none"],
            isOverridableInAzure: true
        ),
        Row(
            key: "logging_level",
            byDefault: "info",
            taken: ["warning", "info", "debug"],
            refused: ["error", "verbose"],
            isOverridableInAzure: false
        ),
        // Beyond Azure.
        Row(
            key: "output_header",
            byDefault: "false",
            taken: ["true", "false"],
            refused: ["maybe", ""],
            isOverridableInAzure: false
        ),
        Row(
            key: "output_file_column",
            byDefault: "auto",
            taken: ["auto", "name", "path"],
            refused: ["file", ""],
            isOverridableInAzure: false
        ),
        Row(
            key: "row_contract",
            byDefault: "one_per_row",
            taken: ["one_per_row", "by_index", "none"],
            refused: ["azure", ""],
            isOverridableInAzure: false
        ),
        Row(
            key: "bisect_failed_mini_batches",
            byDefault: "true",
            taken: ["true", "false"],
            refused: ["2", "half"],
            isOverridableInAzure: false
        ),
    ]

    @Test(arguments: rows)
    func `A setting has Azure's default, range, message and overriding`(row: Row) throws {
        let setting = try #require(Setting.named(row.key))
        #expect(setting.defaultText == row.byDefault)
        #expect(setting.isOverridableInAzure == row.isOverridableInAzure)
        for value in row.taken {
            #expect(Self.problems(of: setting, set: value) == [], "\(value)")
        }
        for value in row.refused {
            let problems = Self.problems(of: setting, set: value)
            #expect(problems.map(\.field) == [row.key], "\(value)")
            expectMessage(problems.first?.rule, "setting/\(row.key)")
            #expect(problems.first?.value == value)
        }
    }

    @Test func `The table has every setting but the dictionary of variables`() {
        let missing = Set(Setting.allCases.map(\.key)).subtracting(Self.rows.map(\.key))
        let beyondAzure: Set = ["memory_limit_per_worker", "block_rows", "split_files", "profile"]
        #expect(missing.subtracting(beyondAzure) == ["environment_variables", "read_options"])
        #expect(DeploymentSettings().environmentVariables == [:])
        #expect(Setting.environmentVariables.isOverridableInAzure == false)
    }

    /// What is wrong with a value, be it found when it is typed or when all values are validated.
    private static func problems(of setting: Setting, set value: String) -> [Problem] {
        var overrides = SettingsOverrides()
        do {
            try setting.set(value, in: &overrides)
        } catch {
            return [error]
        }
        return DeploymentSettings().overridden(by: overrides).problems()
    }
}
