import BatchDomain
import Foundation
import TestSupport
import Testing

struct SettingTests {
    private static let single = Setting.allCases.filter {
        ![.dictionary, .readOptions].contains($0.values) && ![.memoryLimitPerWorker, .blockRows].contains($0)
    }
    private static let numbers = Setting.allCases.filter { if case .wholeNumber = $0.values { true } else { false } }

    @Test func `The defaults are Azure's, and those beyond Azure are their own`() {
        let defaults = Dictionary(uniqueKeysWithValues: Self.single.map { ($0.key, $0.defaultText) })
        #expect(
            defaults == [
                "resources.instance_count": "1", "max_concurrency_per_instance": "1", "mini_batch_size": "10",
                "output_action": "append_row", "output_file_name": "predictions.csv", "retry_settings.max_retries": "3",
                "retry_settings.timeout": "30", "error_threshold": "-1", "logging_level": "info",
                "output_header": "false", "output_file_column": "auto", "row_contract": "one_per_row",
                "bisect_failed_mini_batches": "true", "split_files": "auto", "resources.gpus": "0",
                "workers_per_gpu": "1", "profile": "predictions",
            ]
        )
    }

    @Test(arguments: Setting.allCases)
    func `Every setting has a title and a sentence of help`(setting: Setting) {
        #expect(!setting.title.isEmpty)
        #expect(setting.help.hasSuffix("."))
    }

    @Test(arguments: single)
    func `A default that is set reads back`(setting: Setting) throws {
        var overrides = SettingsOverrides()
        #expect(setting.text(in: overrides) == nil)
        try setting.set(setting.defaultText, in: &overrides)
        #expect(setting.text(in: overrides) == setting.defaultText)
        #expect(overrides.isEmpty == false)
    }

    @Test(arguments: numbers, ["", "ten", "1.5", "1e3", " 1", "0x1", "-2", "99999999999999999999"])
    func `A number that is none, or too small, is refused with an example`(setting: Setting, text: String) throws {
        var overrides = SettingsOverrides()
        let problem = #expect(throws: Problem.self) { try setting.set(text, in: &overrides) }
        #expect(problem?.field == setting.key)
        #expect(problem?.value == text)
        #expect(problem?.example == (setting == .blockRows ? "1" : setting.defaultText))
        #expect(overrides.isEmpty)
    }

    @Test(arguments: [
        (Setting.instanceCount, "0", "1"), (.maxConcurrencyPerInstance, "0", "1"), (.miniBatchSize, "0", "1"),
        (.maxRetries, "-1", "0"), (.timeout, "0", "1"), (.errorThreshold, "-2", "-1"),
    ])
    func `The lowest number is taken, the one below is not`(setting: Setting, below: String, lowest: String) throws {
        var overrides = SettingsOverrides()
        #expect(throws: Problem.self) { try setting.set(below, in: &overrides) }
        try setting.set(lowest, in: &overrides)
        #expect(setting.text(in: overrides) == lowest)
    }

    @Test(arguments: [
        (Setting.outputAction, "SUMMARY_ONLY", "summary_only"), (.loggingLevel, "Debug", "debug"),
        (.loggingLevel, "warning", "warning"),
    ])
    func `Words are taken in any case`(setting: Setting, typed: String, kept: String) throws {
        var overrides = SettingsOverrides()
        try setting.set(typed, in: &overrides)
        #expect(setting.text(in: overrides) == kept)
    }

    @Test(arguments: [(Setting.outputAction, "append"), (.loggingLevel, "verbose"), (.loggingLevel, "")])
    func `A word that is none of the choices is refused with the choices`(setting: Setting, typed: String) {
        var overrides = SettingsOverrides()
        let problem = #expect(throws: Problem.self) { try setting.set(typed, in: &overrides) }
        #expect(problem?.field == setting.key && problem?.value == typed)
        expectMessage(problem?.rule, "setting/\(setting.key)")
    }

    @Test func `Variables are not set by one text`() {
        var overrides = SettingsOverrides()
        #expect(throws: Problem.self) { try Setting.environmentVariables.set("A=1", in: &overrides) }
    }

    @Test(arguments: [
        ("instance_count", Setting.instanceCount), ("compute.instance_count", .instanceCount),
        ("resources.instance_count", .instanceCount), ("max_retries", .maxRetries), ("timeout", .timeout),
        ("retry_settings.timeout", .timeout), ("mini_batch_size", .miniBatchSize), ("nothing", nil),
    ])
    func `A setting is found by every key of Azure`(key: String, setting: Setting?) {
        #expect(Setting.named(key) == setting)
    }

    @Test(arguments: [
        ("2GB", 2_000_000_000, "2GB"), ("1.5 GiB", 1_610_612_736, "1536MiB"), ("512mb", 512_000_000, "512MB"),
        ("64000000", 64_000_000, "64MB"), ("64000001B", 64_000_001, "64000001B"), ("1TiB", 1 << 40, "1TiB"),
    ])
    func `A size of memory is taken in any unit and said in the largest that fits`(
        typed: String,
        bytes: Int,
        kept: String
    ) throws {
        var overrides = SettingsOverrides()
        try Setting.memoryLimitPerWorker.set(typed, in: &overrides)
        #expect(overrides.memoryLimitPerWorker == bytes)
        #expect(Setting.memoryLimitPerWorker.text(in: overrides) == kept)
        var again = SettingsOverrides()
        try Setting.memoryLimitPerWorker.set(kept, in: &again)
        #expect(again == overrides)
    }

    @Test(arguments: [
        "", "much", "63MB", "-1", "2 GB x", "1e9", "NaN", ".5GB", "1.GB", "0.3B", "99999999999999GB", "٢GB",
    ])
    func `What is no size of memory, or too small, is refused`(typed: String) {
        var overrides = SettingsOverrides()
        let problem = #expect(throws: Problem.self) { try Setting.memoryLimitPerWorker.set(typed, in: &overrides) }
        #expect(problem?.field == "memory_limit_per_worker" && problem?.value == typed)
        expectMessage(problem?.rule, "setting/memory_limit_per_worker")
        #expect(overrides.isEmpty)
    }

    @Test func `What was stored before a setting existed is read with its default`() throws {
        let stored = try JSONEncoder().encode(DeploymentSettings())
        #expect(!String(decoding: stored, as: UTF8.self).contains("header"))
        let settings = try JSONDecoder().decode(DeploymentSettings.self, from: stored)
        #expect(settings.bisectFailedMiniBatches)
        #expect(!settings.outputHeader)
        #expect(settings.outputFileColumn == .auto)
        #expect(settings.rowContract == .onePerRow)
    }

    @Test func `A setting beyond Azure is stored and shown only where it differs from its default`() throws {
        var settings = DeploymentSettings()
        settings.outputFileColumn = .path
        settings.rowContract = .unchecked
        let read = try JSONDecoder().decode(DeploymentSettings.self, from: JSONEncoder().encode(settings))
        #expect(read == settings)
        #expect(SettingsOverrides(read).outputFileColumn == .path)
        #expect(SettingsOverrides(read).rowContract == .unchecked)
        (settings.outputFileColumn, settings.rowContract) = (.auto, .onePerRow)
        #expect(settings == DeploymentSettings())
        #expect(SettingsOverrides(settings).outputFileColumn == nil)
        #expect(SettingsOverrides(settings).rowContract == nil)
    }

    @Test func `A switch that is neither true nor false is refused`() {
        var overrides = SettingsOverrides()
        let problem = #expect(throws: Problem.self) { try Setting.outputHeader.set("yes", in: &overrides) }
        #expect(problem?.field == "output_header" && problem?.value == "yes")
        expectMessage(problem, "setting/output_header-yes")
    }

    @Test(arguments: [
        ("a.csv", false, RowFormat.csv), ("a.csv", true, .csvWithHeader), ("A.JSONL", true, .jsonLines),
        ("a.parquet", false, .parquet), ("parquet", false, .csv),
    ])
    func `The output's name chooses its format`(name: String, header: Bool, format: RowFormat) {
        #expect(RowFormat(fileName: name, header: header) == format)
        #expect(RowFormat(fileName: nil, header: header) == .csv)
    }
}
