// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// A module of the product; arrows between modules go one way (docs/architecture.md).
func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The simulated world made real, for tests and benchmarks; never part of a release. It stands on
/// the namespaces of Linux.
#if os(Linux)
    let stage: [Target] = [
        .target(name: "CStage"),
        .executableTarget(
            name: "stage",
            dependencies: ["Engine", "Simulation", "LocalHost", "CStage"],
            path: "Sources/Stage",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "stage-tool",
            path: "Sources/StageTool",
            // Each look starts it: without the Swift runtime it starts ten times as fast.
            linkerSettings: [.unsafeFlags(["-nostartfiles", "-static-executable"])]
        ),
        tests("StageTests", ["stage", "stage-tool", "failover"]),
    ]
#else
    let stage: [Target] = []
#endif

let package = Package(
    name: "failover",
    products: [.executable(name: "failover", targets: ["failover"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        .systemLibrary(
            name: "CLibYAML",
            pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"])]
        ),
        module("Engine", ["CLibYAML"]),
        module("Steps", ["Engine"]),
        .target(name: "CSystem"),
        module("LocalHost", ["Engine", "CSystem"]),
        module("Service", ["Engine", "LocalHost"]),
        module("Simulation", ["Engine"]),
        .executableTarget(
            name: "failover",
            dependencies: [
                "Engine", "Steps", "LocalHost", "Service", "Simulation",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "EngineBenchmark",
            dependencies: ["Engine", "Steps", "LocalHost", "Simulation"],
            path: "benchmarks/engine",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "SpawnBenchmark",
            dependencies: ["Engine", "LocalHost"],
            path: "benchmarks/spawn",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "Fuzz",
            dependencies: ["Engine", "Steps", "Service", "Simulation"],
            path: "Tests/Fuzz",
            exclude: ["Corpus"],
            swiftSettings: settings
        ),
        .target(
            name: "Planting",
            dependencies: ["Engine", "Steps", "LocalHost", "Simulation"],
            path: "Tests/Defects/Planting",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "DefectRunner",
            dependencies: ["Planting", "Simulation"],
            path: "Tests/Defects/Runner",
            swiftSettings: settings
        ),
        tests("EngineTests", ["Engine"]),
        tests("StepsTests", ["Engine", "Steps"]),
        tests("LocalHostTests", ["Engine", "LocalHost", "CSystem", "Simulation"]),
        tests("ServiceTests", ["Engine", "Steps", "LocalHost", "Service"]),
        tests("SimulationTests", ["Engine", "Simulation"]),
        tests("CaseTests", ["Engine", "Steps", "Simulation"]),
        tests("CommandLineTests", ["Engine", "Service", "Steps", "Simulation", "failover"]),
        tests("DefectTests", ["Engine", "LocalHost", "Planting", "Simulation"]),
        tests("HouseTests", ["Engine", "Steps"]),
    ] + stage
)
