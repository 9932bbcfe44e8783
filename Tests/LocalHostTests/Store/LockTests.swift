import CSystem
import Engine
import Foundation
@testable import LocalHost
import Testing

extension LocalHostTests {
    /// The lock of a pair and its doorbell.
    @Suite struct LockTests {
        private func lock(_ folders: StateFolders, for what: String = "") throws -> PairLock {
            try PairLock.take("tank", in: folders, for: what).get()
        }

        @Test func oneHasItAndSaysWhy() throws {
            let scratch = try Scratch()
            let folders = SpoolTests.folders(scratch)
            #expect(PairLock.holder(of: "tank", in: folders) == nil)
            let lock = try lock(folders, for: "become-master")
            guard case .failure(.held(let holder)) = PairLock.take("tank", in: folders) else {
                Issue.record("two have it")
                return
            }
            #expect(holder.pid == getpid() && holder.what == "become-master" && holder.since > 0)
            lock.note("x\ny")
            #expect(PairLock.holder(of: "tank", in: folders)?.what == "x y")
            withExtendedLifetime(lock) {}
        }

        @Test func whoOnlyAsksForTheHolderKeepsNobodyFromIt() throws {
            let scratch = try Scratch()
            let folders = SpoolTests.folders(scratch)
            _ = try lock(folders)
            let asker = Thread {
                for _ in 0..<5000 { _ = PairLock.holder(of: "tank", in: folders) }
            }
            asker.start()
            while !asker.isFinished { try lock(folders).release() }
        }

        @Test func itIsReleasedWithItsHolder() throws {
            let scratch = try Scratch()
            let folders = SpoolTests.folders(scratch)
            do { _ = try lock(folders) }
            #expect(PairLock.holder(of: "tank", in: folders) == nil)
            _ = try lock(folders)
        }

        @Test func aDetachedChildHasItUntilItIsKilled() throws {
            let scratch = try Scratch()
            let folders = SpoolTests.folders(scratch)
            var lock: PairLock? = try lock(folders)
            let argv = ["/bin/sh", "-c", "ls /proc/$$/fd >\(scratch.path("fds")); sleep 300"]
            let pid = try Detached.start(argv, keeping: lock).get()
            lock = nil
            #expect(PairLock.holder(of: "tank", in: folders) != nil)
            #expect(try awaited { scratch.lines("fds").count >= 4 })
            #expect(Set(scratch.lines("fds")).subtracting(["0", "1", "2", "3", "10", "255"]) == [])
            #expect(getsid(pid) == pid)
            #expect(linkTarget(of: "/proc/\(pid)/cwd") == "/")
            #expect(try awaited { linkTarget(of: "/proc/\(pid)/fd/1") == "/dev/null" })
            kill(-pid, SIGKILL)
            #expect(try awaited { PairLock.holder(of: "tank", in: folders) == nil })
        }

        @Test func aWriterThatHangsDoesNotKeepIt() throws {
            let scratch = try Scratch()
            let folders = SpoolTests.folders(scratch)
            var lock: PairLock? = try lock(folders)
            let writer = JournalWriter(path: folders.runs(of: "tank") + "/run.jsonl")
            #expect(writer.append(Array("one".utf8), sync: true) == nil)
            kill(writer.writer, SIGSTOP)
            #expect(PairLock.holder(of: "tank", in: folders)?.pid == getpid())
            lock = nil
            #expect(PairLock.holder(of: "tank", in: folders) == nil)
            kill(writer.writer, SIGCONT)
            withExtendedLifetime(lock) {}
        }

        @Test func anInheritedLockIsChecked() throws {
            let scratch = try Scratch()
            let folders = SpoolTests.folders(scratch)
            let lock = try lock(folders)
            let adopted = try PairLock(inheriting: dup(lock.descriptor), "tank", in: folders)
            #expect(fcntl(adopted.descriptor, F_GETFD) == FD_CLOEXEC)
            let path = folders.runtime(of: "tank") + "/lock"
            for wrong in [-1, system_open("/dev/null", O_RDWR), system_open(path, O_RDWR), 9999] {
                #expect(throws: PairLock.LockFault.self) {
                    try PairLock(inheriting: wrong, "tank", in: folders)
                }
            }
        }

        @Test func aLockThatIsRemovedIsTakenAnew() throws {
            let scratch = try Scratch()
            let folders = SpoolTests.folders(scratch)
            let path = folders.runtime(of: "tank") + "/lock"
            #expect(symlink("/dev/null", path) == 0)
            guard case .failure(.failed) = PairLock.take("tank", in: folders) else {
                Issue.record("a link is taken for a lock")
                return
            }
            unlink(path)
            _ = try lock(folders)
        }

        @Test func aDoorbellWakesTheWorker() throws {
            let scratch = try Scratch()
            let folders = SpoolTests.folders(scratch)
            #expect(!Doorbell.ring("tank", in: folders))
            let bell = try Doorbell("tank", in: folders)
            var rings = 0
            let host = LocalHost(
                syslog: nil,
                doorbell: bell,
                onRing: {
                    rings += 1
                    return rings == 1 ? .superseded(by: "other") : nil
                }
            )
            host.perform(.sleep(WorkID(1), until: host.after(.milliseconds(300))))
            #expect(Doorbell.ring("tank", in: folders))
            #expect(host.news()?.word == "superseded")
            #expect(Doorbell.ring("tank", in: folders))
            #expect(host.news()?.word == "woke 1")
            #expect(rings == 2)
            #expect(host.news() == nil)
            // A listener that does not listen holds nobody up.
            for _ in 0..<100_000 { #expect(Doorbell.ring("tank", in: folders)) }
        }

        @Test func whatIsNoDoorbellIsNotRung() throws {
            let scratch = try Scratch()
            let folders = SpoolTests.folders(scratch)
            let path = folders.runtime(of: "tank") + "/bell"
            #expect(StoreFile.write(path, []) == nil)
            #expect(!Doorbell.ring("tank", in: folders))
            #expect(throws: StoreFault.self) { try Doorbell("tank", in: folders) }
            unlink(path)
            #expect(symlink("/dev/null", path) == 0)
            #expect(!Doorbell.ring("tank", in: folders))
        }
    }
}
