import Engine
import Steps

/// A plan as it is shipped, with the settings that it wants of a site.
enum ShippedPlan {
    private static let site = """
        parameters:
          disks: [disk0, disk1, disk2, disk3]
          if-export-fails: park
        """

    static func path(_ name: String) -> String { "plans/become-\(name).yaml" }

    static func load(_ name: String, _ repository: Repository) -> PlanLoader.Loaded {
        PlanLoader.load(path(name), catalog: .builtin, platform: .freebsd) { path in
            if path == "plans/site.yaml" { return .success(Array(site.utf8)) }
            return repository.bytes(path).map { .success($0) }
        }
    }
}
