package import Engine

/// A run as its journal tells it: its plan, if it can still be made, and the times of its steps.
package struct RunStory {
    package let file: JournalFile
    /// Nil when the sealed plan does not fit this engine any more, and why.
    package let plan: Plan?
    package let unfit: String?
    /// The fold of all records; nil without a plan.
    package let progress: Progress?
    /// When service was up: the plan's last step was done; nil when it never was.
    package let servedAt: Instant?

    package init(_ file: JournalFile, catalog: Catalog) {
        self.init(file, of: file.heading.reload(catalog))
    }

    /// The story of a run whose plan was made again already; what does not fit that plan is damage,
    /// and is passed over.
    package init(_ file: JournalFile, of sealed: Result<Plan, JournalHeading.Unfit>) {
        self.file = file
        switch sealed {
        case .success(let plan):
            var progress = Progress(plan)
            for record in file.records where record.fact.fits(plan) { progress.take(record) }
            self.plan = plan
            self.progress = progress
            unfit = nil
        case .failure(let fault):
            plan = nil
            progress = nil
            unfit = fault.why
        }
        let isAcquired = file.ending?.kind == .done && plan?.direction == .acquire
        servedAt = isAcquired ? Self.lastStep(of: file) : nil
    }

    /// The time from the first record to the moment at which service was up.
    package var recoveryTime: Duration? {
        guard let servedAt, let first = file.records.first else { return nil }
        return servedAt - first.at
    }

    /// Whether the plan starts NFS, whose clients wait for a grace period of their own.
    package var startsNFS: Bool {
        guard let plan else { return false }
        return plan.steps(from: plan.steps).contains { id in
            if case .step(let step) = plan[id].kind { step.kind == "start-nfs" } else { false }
        }
    }

    private static func lastStep(of file: JournalFile) -> Instant? {
        for record in file.records.reversed() {
            if case .stepEnded(_, .forward, _) = record.fact { return record.at }
        }
        return nil
    }
}
