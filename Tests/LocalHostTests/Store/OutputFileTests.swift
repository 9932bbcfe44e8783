import CSystem
import Engine
import Testing

@testable import LocalHost

extension LocalHostTests {
    /// A file that a person names replaces an earlier one of its kind, and nothing else.
    @Suite struct OutputFileTests {
        private static let mark = "a verdict"
        private static let page = Array("a verdict, new\n".utf8)

        private func file(_ path: String) -> OutputFile { OutputFile(path, mark: Self.mark) }

        @Test func aNewFileIsMadeAndAnEarlierOneReplaced() throws {
            let scratch = try Scratch()
            for old in [nil, "a verdict, old\n", ""] {
                let path = scratch.path("page-\(old?.count ?? 99)")
                if let old {
                    try scratch.file("page-\(old.count)", old)
                    chmod(path, 0o640)
                }
                #expect(file(path).fault == nil)
                #expect(file(path).write(Self.page) == nil)
                #expect(try StoreFile.read(path).get() == Self.page)
                var status = stat()
                #expect(stat(path, &status) == 0)
                if old != nil { #expect(status.st_mode & 0o777 == 0o640) }
            }
            #expect(StoreFile.names(in: scratch.folder, limit: 9)?.count == 3, "no draft is left")
        }

        @Test func nothingElseIs() throws {
            let scratch = try Scratch()
            try scratch.file("other", "somebody's\n")
            try scratch.file("late", String(repeating: "x", count: 5000) + Self.mark)
            try scratch.file("page", "a verdict\n")
            #expect(symlink("page", scratch.path("link")) == 0)
            #expect(symlink("nowhere", scratch.path("dangling")) == 0)
            #expect(mkfifo(scratch.path("fifo"), 0o600) == 0)
            #expect(mkdir(scratch.path("folder"), 0o700) == 0)
            var names = [
                "other", "late", "link", "dangling", "fifo", "folder", "none/page", "page/x",
            ]
            names += ["folder/", "new/"]
            if geteuid() == 0 {
                try scratch.file("theirs", "a verdict\n")
                #expect(chown(scratch.path("theirs"), 1234, 1234) == 0)
                names.append("theirs")
            }
            for name in names {
                let path = scratch.path(name)
                let before = kind(path)
                #expect(file(path).fault?.why.contains("is not written") == true, "\(name)")
                #expect(file(path).write(Self.page) != nil, "\(name)")
                #expect(kind(path) == before, "\(name)")
            }
            #expect(
                scratch.lines("page") == ["a verdict"] && scratch.lines("other") == ["somebody's"])
            #expect(file("").fault != nil)
        }

        @Test(arguments: ["/dev/null", "/dev/stdout", "/dev/full", "/dev/fd/1"])
        func noDeviceIs(_ path: String) {
            let before = kind(path)
            #expect(file(path).write(Self.page) != nil)
            #expect(kind(path) == before)
        }

        @Test func noFileOfTheStoreTakesThePlaceOfWhatIsNone() throws {
            let scratch = try Scratch()
            #expect(mkfifo(scratch.path("hold"), 0o600) == 0)
            #expect(StoreFile.replace(scratch.path("hold"), with: Self.page) != nil)
            #expect(kind(scratch.path("hold")) == S_IFIFO)
        }

        private func kind(_ path: String) -> Int32? {
            var status = stat()
            return lstat(path, &status) == 0 ? system_kind(status.st_mode) : nil
        }
    }
}
