import CSystem
import Engine
@testable import LocalHost
import Testing

extension LocalHostTests {
    /// Who could have changed a file, the folders of the store, secrets.
    @Suite struct TrustTests {
        /// What is done to a scratch folder, and what is then said of `a/b/plan.yaml` in it.
        struct Case: CustomTestStringConvertible {
            let testDescription: String
            let place: String
            let mode: mode_t
            var owner: uid_t = 0
            var group: gid_t = 0
            /// What mends it, with the path left out; nil: nothing is wrong.
            let mend: String?
        }

        static let cases: [Case] = [
            Case(testDescription: "as it should be", place: "a/b", mode: 0o755, mend: nil),
            Case(testDescription: "group of root", place: "a/b", mode: 0o775, mend: nil),
            Case(
                testDescription: "another group", place: "a/b", mode: 0o775, group: 5,
                mend: "chmod go-w"),
            Case(testDescription: "all", place: "a", mode: 0o777, mend: "chmod go-w"),
            Case(testDescription: "sticky", place: "a", mode: 0o1777, mend: nil),
            Case(
                testDescription: "another's sticky folder", place: "a", mode: 0o1777, owner: 5,
                mend: "chown root"),
            Case(
                testDescription: "another's folder", place: "a/b", mode: 0o755, owner: 5,
                mend: "chown root"),
            Case(
                testDescription: "another's file", place: "a/b/plan.yaml", mode: 0o600, owner: 5,
                mend: "chown root"),
            Case(
                testDescription: "a file for all", place: "a/b/plan.yaml", mode: 0o606,
                mend: "chmod go-w"),
            Case(
                testDescription: "a file for a group", place: "a/b/plan.yaml", mode: 0o660,
                group: 5, mend: "chmod go-w"),
            Case(
                testDescription: "a sticky file", place: "a/b/plan.yaml", mode: 0o1606,
                mend: "chmod go-w"),
        ]

        private func tree() throws -> Scratch {
            let scratch = try Scratch()
            #expect(mkdir(scratch.path("a"), 0o755) == 0)
            #expect(mkdir(scratch.path("a/b"), 0o755) == 0)
            try scratch.file("a/b/plan.yaml", "")
            return scratch
        }

        private static var isRoot: Bool { geteuid() == 0 }

        @Test(.enabled(if: isRoot, "only root can give files away"), arguments: cases)
        func whoCouldHaveChangedAPlan(_ one: Case) throws {
            let scratch = try tree()
            let path = scratch.path(one.place)
            #expect(chown(path, one.owner, one.group) == 0)
            #expect(chmod(path, one.mode) == 0)
            let plan = scratch.path("a/b/plan.yaml")
            let faults = Trust.check([plan, plan])
            #expect(faults.map(\.mend) == (one.mend.map { ["\($0) \(path)"] } ?? []))
            #expect(faults.map(\.path) == (one.mend == nil ? [] : [path]))
        }

        @Test(.enabled(if: isRoot, "only root can give files away"))
        func linksAreFollowedStepByStep() throws {
            let scratch = try tree()
            #expect(symlink("b/./../b", scratch.path("a/link")) == 0)
            #expect(symlink(scratch.path("a/link/plan.yaml"), scratch.path("plan")) == 0)
            #expect(Trust.check([scratch.path("plan")]) == [])
            #expect(lchown(scratch.path("a/link"), 5, 5) == 0)
            let mends = Trust.check([scratch.path("plan")]).map(\.mend)
            #expect(mends == ["chown -h root \(scratch.path("a/link"))"])
            #expect(lchown(scratch.path("a/link"), 0, 0) == 0)
            // What only the link leads through counts, too.
            #expect(chmod(scratch.path("a/b"), 0o777) == 0)
            #expect(Trust.check([scratch.path("plan")]).map(\.path) == [scratch.path("a/b")])
        }

        @Test func whatIsNotThereOrLeadsInACircle() throws {
            let scratch = try tree()
            #expect(Trust.check([scratch.path("none/x")]) == [])
            #expect(symlink("circle", scratch.path("circle")) == 0)
            #expect(Trust.check([scratch.path("circle")]).count == 1)
            let deep = String(repeating: "/.", count: 1000)
            #expect(Trust.check([scratch.folder + deep]).count == 1)
            #expect(Trust.check(["/"]) == [])
        }

        @Test(.enabled(if: isRoot, "only root can give files away"))
        func foldersAreMadeAndChecked() throws {
            let scratch = try Scratch()
            let folders = StateFolders(
                state: scratch.path("x/y/state"), runtime: scratch.path("run"))
            #expect(folders.prepare("tank") == [])
            #expect(folders.prepare("tank") == [])
            var status = stat()
            for (path, mode) in [
                ("x/y", 0o755), ("x/y/state", 0o700), ("x/y/state/tank/runs", 0o700),
                ("run/tank", 0o700),
            ] {
                #expect(stat(scratch.path(path), &status) == 0)
                #expect(Int(status.st_mode & 0o777) == mode, "\(path)")
            }
            chmod(scratch.path("run"), 0o750)
            chown(scratch.path("x/y/state/tank"), 5, 5)
            #expect(
                folders.prepare("tank").map(\.help) == [
                    "chown root \(scratch.path("x/y/state/tank"))",
                    "chmod 700 \(scratch.path("run"))",
                ])
            let file = try scratch.file("file", "")
            let wrong = StateFolders(state: file, runtime: "relative")
            #expect(
                wrong.prepare().map(\.why) == [
                    "\(file) is no folder, as it must be",
                    "`relative` is no absolute path, as a folder must be",
                ])
        }

        @Test(arguments: [
            "", ".", "..", ".x", "a/b", "a b", "ä", String(repeating: "x", count: 65),
        ])
        func namesThatNoPairCanHave(_ name: String) throws {
            let scratch = try Scratch()
            let folders = StateFolders(state: scratch.path("s"), runtime: scratch.path("r"))
            #expect(folders.prepare(name).count == 1)
            #expect(!StateFolders.isPairName(name))
            #expect(StateFolders.isPairName("tank-1.b_C"))
        }

        @Test(arguments: [
            ("word\n", 0o600, "word"), ("word", 0o400, "word"),
            (" two words \r\n", 0o600, " two words "),
            ("word\n", 0o640, nil), ("word\n", 0o604, nil), ("", 0o600, nil), ("\n", 0o600, nil),
            ("a\nb\n", 0o600, nil), (String(repeating: "x", count: 5000), 0o600, nil),
        ])
        func aSecretIsOneLine(_ text: String, _ mode: Int, _ secret: String?) throws {
            let scratch = try Scratch()
            let path = try scratch.file("secret", text, mode: mode)
            switch SecretFile.read(path) {
            case .success(let read): #expect(read == secret)
            case .failure(let fault):
                #expect(secret == nil, "\(fault)")
                if mode != 0o600 { #expect(fault.mend == "chmod 600 \(path)") }
            }
        }

        @Test func whatIsNoSecret() throws {
            let scratch = try Scratch()
            #expect(mkfifo(scratch.path("fifo"), 0o600) == 0)
            for path in [scratch.folder, scratch.path("none"), scratch.path("fifo")] {
                #expect(throws: TrustFault.self) { try SecretFile.read(path).get() }
            }
        }

        @Test func aBootHasOneID() throws {
            #expect(BootID.current.count >= 16)
            let scratch = try Scratch()
            let first = BootID.nonce(in: scratch.folder)
            #expect(first.count == 32)
            #expect(BootID.nonce(in: scratch.folder) == first)
            #expect(BootID.nonce(in: scratch.path("none")) == "unknown")
        }
    }
}
