import BatchDomain
import Testing

struct DeploymentSettingsTests {
    @Test func `The defaults have no problems`() {
        #expect(DeploymentSettings().problems().isEmpty)
    }

    @Test func `All problems are told at once`() {
        var settings = DeploymentSettings()
        settings.instanceCount = 0
        settings.maxConcurrencyPerInstance = 0
        settings.miniBatchSize = 0
        settings.maxRetries = -1
        settings.timeout = 0
        settings.errorThreshold = -2
        settings.outputFileName = "a/b"
        settings.environmentVariables = ["A=B": "1"]
        #expect(settings.problems().count == 8)
    }

    @Test(arguments: [(0, 1), (1, 1), (3, 3)])
    func `No retries are one attempt, and each number above is as many attempts`(maxRetries: Int, attempts: Int) {
        var settings = DeploymentSettings()
        settings.maxRetries = maxRetries
        #expect(settings.problems().isEmpty)
        #expect(settings.attempts == attempts)
    }

    @Test(arguments: [Int(Int32.max) + 1, Int.max])
    func `A number above Azure's highest is refused`(number: Int) {
        var settings = DeploymentSettings()
        settings.miniBatchSize = number
        #expect(settings.problems().map(\.field) == ["mini_batch_size"])
    }

    @Test(arguments: ["", ".", "..", "a/b.csv", "/a", "a\0b"])
    func `An output file name that leads elsewhere is refused`(name: String) {
        var settings = DeploymentSettings()
        settings.outputFileName = name
        #expect(settings.problems().map(\.field) == ["output_file_name"])
    }

    @Test(arguments: ["predictions.csv", "a b", ".hidden", "...", "Grüße.csv"])
    func `An output file name may be any plain name`(name: String) {
        var settings = DeploymentSettings()
        settings.outputFileName = name
        #expect(settings.problems().isEmpty)
    }

    @Test(arguments: ["", "A=B", "A\0"])
    func `A variable's name must be one for a process`(name: String) {
        var settings = DeploymentSettings()
        settings.environmentVariables = [name: "x"]
        #expect(settings.problems().map(\.field) == ["environment_variables"])
    }

    @Test func `Workers are instances times concurrency`() {
        var settings = DeploymentSettings()
        settings.instanceCount = 3
        settings.maxConcurrencyPerInstance = 4
        #expect(settings.workers == 12)
    }

    @Test func `Workers of the highest numbers are counted`() {
        var settings = DeploymentSettings()
        settings.instanceCount = DeploymentSettings.highest
        settings.maxConcurrencyPerInstance = DeploymentSettings.highest
        #expect(settings.workers == DeploymentSettings.highest * DeploymentSettings.highest)
    }
}

struct SettingsOverridesTests {
    @Test func `Nothing given changes nothing`() {
        #expect(DeploymentSettings().overridden(by: SettingsOverrides()) == DeploymentSettings())
    }

    @Test func `What is given replaces, the rest stays`() {
        var overrides = SettingsOverrides()
        overrides.miniBatchSize = 1
        let settings = DeploymentSettings().overridden(by: overrides)
        var expected = DeploymentSettings()
        expected.miniBatchSize = 1
        #expect(settings == expected)
    }

    @Test func `Variables are added and replaced by name`() {
        var settings = DeploymentSettings()
        settings.environmentVariables = ["A": "1", "B": "1"]
        var overrides = SettingsOverrides()
        overrides.environmentVariables = ["B": "2", "C": "2"]
        #expect(settings.overridden(by: overrides).environmentVariables == ["A": "1", "B": "2", "C": "2"])
    }

    @Test func `All settings given are the settings`() {
        var settings = DeploymentSettings()
        settings.timeout = 5
        settings.loggingLevel = .debug
        #expect(DeploymentSettings().overridden(by: SettingsOverrides(settings)) == settings)
    }

    @Test func `The file name is not given where nothing is merged`() {
        var settings = DeploymentSettings()
        settings.outputAction = .summaryOnly
        #expect(SettingsOverrides(settings).outputFileName == nil)
    }
}
