// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let isFuzzing = Context.environment["FUZZ"] == "1"

/// The readers of text that others wrote, and inputs for them: tests usually, libFuzzer's program with `FUZZ=1` (`make fuzz`).
let fuzzing: Target = {
    let dependencies: [Target.Dependency] = [
        "BatchDomain", "BatchManifest", "BatchWorkers", "BatchWorkspace", "DisplayText", "StudioCommands",
        "TerminalKit",
    ]
    guard isFuzzing else {
        return .testTarget(
            name: "FuzzTests",
            dependencies: dependencies,
            exclude: ["Findings", "LibFuzzer.swift"],
            swiftSettings: settings
        )
    }
    return .executableTarget(
        name: "Fuzz",
        dependencies: dependencies,
        path: "Tests/FuzzTests",
        exclude: ["Findings", "FuzzTests.swift", "InputGenerator.swift"],
        swiftSettings: settings
    )
}()

let package = Package(
    name: "batchstudio",
    products: [.executable(name: "batchstudio", targets: ["batchstudio"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        // The operating system: durable files, locks between processes, pipes. Knows nothing of batch scoring.
        .target(name: "SystemKit", dependencies: ["CFileSystem", "CTimer"], swiftSettings: settings),
        // Linux's timers, and its kinds of file systems, which Glibc's module leaves out.
        .systemLibrary(name: "CTimer"),
        .systemLibrary(name: "CFileSystem"),
        // Text as a terminal shows it: its width, its lines, nothing in it that is a command.
        .target(name: "DisplayText", swiftSettings: settings),
        // Values and rules: names, settings, references, job life cycle, planning, validation. No I/O.
        .target(name: "BatchDomain", swiftSettings: settings),
        // The log lines of commands and executor: level, form, masking.
        .target(name: "StudioLog", dependencies: ["BatchDomain", "DisplayText", logging], swiftSettings: settings),
        // Azure ML YAML, MLmodel, conda and pip files ⇄ domain values. The only target that knows YAML.
        .target(
            name: "BatchManifest",
            dependencies: ["BatchDomain", yams],
            exclude: ["README.md"],
            swiftSettings: settings
        ),
        // A workspace on disk and the use cases every face calls. The only target that knows SQLite.
        .target(
            name: "BatchWorkspace",
            dependencies: ["BatchDomain", "DisplayText", "SystemKit", grdb],
            swiftSettings: settings
        ),
        // The Python side of the workers, embedded in the binary as a whole folder.
        .executableTarget(name: "EmbedFolder", swiftSettings: isFuzzing ? settings + [.define("FUZZ")] : settings),
        .plugin(name: "EmbedRuntime", capability: .buildTool(), dependencies: ["EmbedFolder"]),
        // Python environments and workers. The only target that starts processes.
        .target(
            name: "BatchWorkers",
            dependencies: ["BatchDomain", "SystemKit", subprocess, system],
            exclude: ["Runtime"],
            swiftSettings: settings,
            plugins: ["EmbedRuntime"]
        ),
        // zlib, for the checksum of rows on the disk.
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        // Plans, schedules, recovers and finishes jobs.
        .target(
            name: "BatchExecutor",
            dependencies: ["BatchDomain", "BatchWorkers", "BatchWorkspace", "CZlib", "SystemKit", logging],
            swiftSettings: settings
        ),
        // One verb a use case, for every face: locks, checks, copies and the start of the executor are inside.
        .target(
            name: "StudioCore",
            dependencies: [
                "BatchDomain", "BatchExecutor", "BatchManifest", "BatchWorkers", "BatchWorkspace", "SystemKit", logging,
            ],
            resources: [.embedInCode("Sample/train_wine.py")],
            swiftSettings: settings
        ),
        // A terminal: cells, canvas, events, ncurses driver, widgets. Knows nothing of batch scoring.
        .systemLibrary(name: "CNcursesw", providers: [.apt(["libncurses-dev"])]),
        .target(name: "CTerminalGuard"),
        .target(
            name: "TerminalKit",
            dependencies: ["CNcursesw", "CTerminalGuard", "DisplayText"],
            exclude: ["README.md"],
            swiftSettings: settings
        ),
        // The colour schemes, embedded in the binary.
        .target(
            name: "Themes",
            path: "Themes",
            exclude: ["README.md"],
            resources: [
                .embedInCode("dark.yaml"),
                .embedInCode("light.yaml"),
                .embedInCode("high-contrast.yaml"),
                .embedInCode("colorblind-dark.yaml"),
                .embedInCode("colorblind-light.yaml"),
                .embedInCode("terminal.yaml"),
            ],
            swiftSettings: settings
        ),
        // The pages and wizards: model, update, view.
        .target(
            name: "StudioUI",
            dependencies: [
                "BatchDomain", "BatchManifest", "DisplayText", "StudioCore", "SystemKit", "TerminalKit", "Themes",
            ],
            exclude: ["README.md", "Wizards/README.md"],
            swiftSettings: settings
        ),
        // One file a command; one output path.
        .target(
            name: "StudioCommands",
            dependencies: [
                "BatchDomain", "BatchManifest", "DisplayText", "StudioCore", "StudioLog", "SystemKit", argumentParser,
                logging,
            ],
            swiftSettings: settings
        ),
        // What must be there before Swift's runtime starts.
        .target(name: "CStartGuard"),
        // The program: runs the commands, and hands over the studio to the one that opens it.
        .executableTarget(
            name: "batchstudio",
            dependencies: ["CStartGuard", "StudioCommands", "StudioCore", "StudioUI"],
            swiftSettings: settings
        ),

        .target(
            name: "TestSupport",
            dependencies: ["BatchDomain", "BatchWorkspace"],
            path: "Tests/TestSupport",
            exclude: ["Servers"],
            swiftSettings: settings
        ),
        .testTarget(name: "DisplayTextTests", dependencies: ["DisplayText"], swiftSettings: settings),
        .testTarget(name: "SystemKitTests", dependencies: ["SystemKit", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "BatchDomainTests",
            dependencies: ["BatchDomain", "TestSupport"],
            exclude: ["Goldens", "Schedules/croniter_cases.py"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "StudioLogTests",
            dependencies: ["BatchDomain", "StudioLog", logging],
            swiftSettings: settings
        ),
        .testTarget(
            name: "BatchManifestTests",
            dependencies: ["BatchManifest", "BatchDomain", "TestSupport"],
            exclude: ["Fixtures", "Goldens"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "BatchWorkspaceTests",
            dependencies: ["BatchWorkspace", "BatchDomain", "SystemKit", "TestSupport", grdb, sqlite],
            exclude: ["Fixtures", "Goldens"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "BatchWorkersTests",
            dependencies: ["BatchWorkers", "BatchDomain", "TestSupport"],
            exclude: ["Goldens"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "BatchExecutorTests",
            dependencies: [
                "BatchExecutor", "BatchDomain", "BatchWorkers", "BatchWorkspace", "StudioLog", "TestSupport",
                "batchstudio",
                logging,
            ],
            exclude: ["Goldens"],
            swiftSettings: settings
        ),
        // A terminal that plays events and keeps frames, and the screen as text and as a picture.
        .target(
            name: "TerminalTestSupport",
            dependencies: ["DisplayText", "TerminalKit"],
            path: "Tests/TerminalTestSupport",
            swiftSettings: settings
        ),
        .testTarget(
            name: "TerminalKitTests",
            dependencies: ["DisplayText", "TerminalKit", "TerminalTestSupport", "Themes"],
            exclude: ["Golden"],
            swiftSettings: settings
        ),
        // A real pty with an emulated terminal (libvterm), for every test of a built program.
        .systemLibrary(name: "CVTerm", path: "Tests/CVTerm", providers: [.apt(["libvterm-dev"])]),
        .target(name: "PtyHarness", dependencies: ["CVTerm"], path: "Tests/PtyHarness", swiftSettings: settings),
        .executableTarget(
            name: "TerminalDemo",
            dependencies: ["TerminalKit"],
            path: "Tests/TerminalDemo",
            swiftSettings: settings
        ),
        .testTarget(name: "TerminalPtyTests", dependencies: ["PtyHarness", "TerminalDemo"], swiftSettings: settings),
        .testTarget(
            name: "StudioUITests",
            dependencies: [
                "StudioUI", "BatchDomain", "StudioCore", "TerminalKit", "TerminalTestSupport", "TestSupport", logging,
            ],
            exclude: ["Goldens", "Pages/Goldens", "Wizards/Goldens"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "StudioCoreTests",
            dependencies: ["StudioCore", "BatchDomain", "BatchExecutor", "BatchWorkspace", "TestSupport", logging],
            exclude: ["Goldens"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "StudioCommandsTests",
            dependencies: [
                "StudioCommands", "StudioCore", "BatchDomain", "BatchManifest", "BatchWorkspace", "SystemKit",
                "TestSupport",
            ],
            exclude: ["Goldens", "JMESPath"],
            swiftSettings: settings
        ),
        // The same draft for the studio and for the command line.
        .testTarget(
            name: "ParityTests",
            dependencies: [
                "StudioUI", "StudioCommands", "StudioCore", "BatchDomain", "BatchWorkspace", "TestSupport", logging,
            ],
            swiftSettings: settings
        ),
        fuzzing,
        // The built binary, as a person uses it: real processes, real Python, a real pty.
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["PtyHarness", "TestSupport", "batchstudio"],
            exclude: [
                "Goldens", "make_failing_files.py", "make_scoring_cases.py", "make_split_cases.py", "Scripts",
                "split_proof.py",
            ],
            swiftSettings: settings
        ),
    ],
    swiftLanguageModes: [.v6]
)
