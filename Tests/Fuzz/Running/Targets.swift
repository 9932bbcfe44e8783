/// All targets: a new one is a file, and a line here.
enum Targets {
    /// A target by its name, its share of the time, and how its inputs are read.
    struct Entry: Sendable {
        let name: String
        let share: Int
        let read: @Sendable (FuzzOptions, String) throws -> Void
    }

    static let all = [
        entry(PlanTarget.self, 4), entry(SignalsTarget.self, 2), entry(WorldTarget.self, 2),
        entry(CaseTarget.self, 2), entry(PatternTarget.self, 1),
        entry(NoticeTarget<NamedNotices>.self, 1),
        entry(NoticeTarget<DevdNotices>.self, 1), entry(NoticeTarget<FIFONotices>.self, 1),
        entry(NoticeTarget<KeepalivedNotices>.self, 1), entry(NoticeTarget<HASTNotices>.self, 1),
        entry(NoticeTarget<DRBDNotices>.self, 1), entry(DispatcherTarget.self, 1),
        entry(ToolTarget.self, 3),
        entry(JournalTarget<WholeJournal>.self, 3), entry(JournalTarget<JournalRecords>.self, 4),
    ]

    private static func entry<Target: FuzzTarget>(_ type: Target.Type, _ share: Int) -> Entry {
        Entry(name: Target.name, share: share) { options, notes in
            var reader = try Reader<Target>(options, notes: notes)
            try reader.run()
        }
    }
}
