import Foundation
import Testing

/// Plans that cannot run: 65, with every fault told.
@Suite struct PlanFaultTests {
    static let commands = ["run", "preview", "validate"]

    @Test(arguments: commands)
    func `a plan that is not there`(_ command: String) throws {
        let outcome = try Program.run(command, "plans/nowhere.yaml")
        #expect(outcome.code == 65)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("plans/nowhere.yaml"))
    }

    @Test(arguments: ["run", "preview"])
    func `a folder given as plan`(_ command: String) throws {
        let outcome = try Program.run(command, "plans")
        #expect(outcome.code == 65)
        #expect(outcome.errors.contains("is a folder"))
    }

    @Test(.disabled(if: getuid() == 0, "root can read everything"))
    func `an unreadable file`() throws {
        let scratch = try Scratch()
        let plan = try scratch.file("plan.yaml", "plan: a\n")
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: plan.path)
        let outcome = try Program.run("validate", plan.path)
        #expect(outcome.code == 65)
        #expect(outcome.errors.contains("cannot be read"))
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/mem")))
    func `a file that not even root can read`() throws {
        let outcome = try Program.run("validate", "/proc/self/mem")
        #expect(outcome.code == 65)
        #expect(outcome.errors.contains("cannot be read"))
    }

    @Test(arguments: ["/dev/zero", "/dev/null"])
    func `a device given as plan does not hold the program up`(_ path: String) throws {
        let outcome = try Program.run("validate", path)
        #expect(outcome.code == 65)
        #expect(outcome.errors.contains("is not a regular file"))
    }

    private static let faulty = """
        plan: a
        steps:
          - set-roel: {resource: disk0, role: primary}
          - zpool-import: {pool: tank, forec: true}
          - log: ${nobody}
        """

    @Test func `every fault is told at once, with its place`() throws {
        let scratch = try Scratch()
        let plan = try scratch.file("plan.yaml", Self.faulty)
        let outcome = try Program.run("validate", plan.path)
        #expect(outcome.code == 65)
        #expect(outcome.output.isEmpty)
        for text in ["set-roel", "set-role", "forec", "force", "nobody", "plan.yaml:3:"] {
            #expect(outcome.errors.contains(text), "\(text)")
        }
        #expect(!outcome.errors.contains("\u{1B}"))
    }

    @Test func `faults in JSON stand on standard output`() throws {
        let scratch = try Scratch()
        let plan = try scratch.file("plan.yaml", Self.faulty)
        for command in Self.commands {
            let outcome = try Program.run(command, plan.path, "--json")
            #expect(outcome.code == 65)
            #expect(outcome.errors.isEmpty)
            let faults = try outcome.lines.map {
                try JSONDecoder().decode(Fault.self, from: Data($0.utf8))
            }
            #expect(faults.count >= 3)
            #expect(faults.allSatisfy { $0.file == plan.path && $0.line >= 1 })
        }
    }

    private struct Fault: Decodable {
        let severity: String
        let code: String
        let message: String
        let file: String
        let line: Int
    }

    @Test func `a setting from the command line wins, and is checked`() throws {
        let good = try Program.run("validate", "plans/become-master.yaml", "--set", "pool=backup")
        #expect(good.code == 0)
        let bad = try Program.run("validate", "plans/become-master.yaml", "--set", "pool=-f")
        #expect(bad.code == 65)
        let unknown = try Program.run("validate", "plans/become-master.yaml", "--set", "pol=tank")
        #expect(unknown.code == 65)
        #expect(unknown.errors.contains("pool"))
    }

    @Test func `the shipped plans are valid`() throws {
        let outcome = try Program.run(
            "validate", "plans/become-master.yaml", "plans/become-slave.yaml")
        #expect(outcome.code == 0)
        #expect(outcome.errors.isEmpty)
        #expect(outcome.lines.count == 2)
    }
}
