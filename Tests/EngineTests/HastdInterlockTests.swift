import Engine
import Testing

/// When hastd may be asked or told something.
@Suite struct HastdInterlockTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let words: String
        let use: HastdUse?
        var testDescription: String { words }
    }

    static let rows = [
        Row(words: "hastctl list disk0", use: .asks),
        Row(words: "/sbin/hastctl status", use: .asks),
        Row(words: "hastctl dump disk0", use: .asks),
        Row(words: "hastctl role primary disk0", use: .promotes),
        Row(words: "hastctl role -d primary disk0", use: .promotes),
        Row(words: "hastctl role secondary disk0", use: .demotes),
        Row(words: "hastctl role init all", use: .demotes),
        Row(words: "service hastd onereload", use: .asks),
        Row(words: "/usr/sbin/service hastd onestop", use: .demotes),
        // Nothing of these reaches the daemon, or it leads out of a silence.
        Row(words: "hastctl create disk0", use: nil),
        Row(words: "service hastd onestart", use: nil),
        Row(words: "service hastd onestatus", use: nil),
        Row(words: "pkill -KILL -U root -o -x hastd", use: nil),
        Row(words: "nohastctl list disk0", use: nil),
        Row(words: "hastctl", use: nil),
        Row(words: "zpool list", use: nil),
    ]

    @Test(arguments: rows) func `a command line tells how it uses hastd`(_ row: Row) {
        #expect(HastdUse(row.words.split(separator: " ").map(String.init)) == row.use)
    }

    private func underway(_ titles: [String], _ devices: [String]) -> [String] {
        let processes = titles.enumerated().map { ProcessEntry(pid: Int32($0 + 1), title: $1) }
        return HastdInterlock.underway(processes: processes, devices: devices)
    }

    @Test func `a promotion is under way until its device is there`() {
        let worker = "hastd: disk0 (primary)"
        #expect(underway([worker], []) == ["disk0"])
        #expect(underway([worker], ["disk0"]).isEmpty)
        #expect(underway([worker, "hastd: disk1 (primary)"], ["disk0"]) == ["disk1"])
        #expect(underway(["hastd: disk0 (secondary)", "/sbin/hastd"], []).isEmpty)
        // As ps(1) shows it.
        #expect(underway(["hastd: disk0 (primary) (hastd)"], []) == ["disk0"])
    }

    @Test func `a device of another name counts for its worker`() {
        let workers = ["hastd: disk0 (primary)", "hastd: disk1 (primary)"]
        #expect(underway(workers, ["shared0", "shared1"]).isEmpty)
        #expect(underway(workers, ["shared0"]).count == 1)
        #expect(underway(workers, ["disk0", "shared1"]).isEmpty)
    }

    @Test func `whoever promotes just now keeps others from asking`() {
        #expect(underway(["hastctl role primary disk3"], []) == ["disk3"])
        #expect(underway(["/sbin/hastctl role primary disk3"], []) == ["disk3"])
        #expect(underway(["vi hastctl role primary disk3"], []).isEmpty)
    }

    @Test func `promotions do not wait for one another, all else waits`() {
        let processes = [ProcessEntry(pid: 1, title: "hastd: disk0 (primary)")]
        let refusal = { (use: HastdUse) in
            HastdInterlock.refusal(of: use, processes: processes, devices: [String]())
        }
        #expect(refusal(.promotes) == nil)
        for use in [HastdUse.asks, .demotes, .demotesAtOnce] {
            #expect(refusal(use)?.hasPrefix("promotion under way: disk0 has no device yet") == true)
        }
    }
}
