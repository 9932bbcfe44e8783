import Engine

extension LocalHost {
    /// Ends what an earlier engine began.
    func adopt(_ id: WorkID, _ command: Command, _ process: ProcessIdentity?, at now: Instant) {
        guard case .tool(let argv) = command.action, let name = argv.first else {
            // Only a tool can be at work without an engine.
            events.add(.gone(id), at: now)
            return
        }
        let path = try? spawner.toolbox.find(name)
        adoptions.append(Adoption(id, command, argv: argv, path: path, process, at: now))
    }

    /// Takes in the ends of what was adopted.
    func serveAdoptions(at now: Instant) {
        adoptions.removeAll { adoption in
            guard adoption.serve(at: now) else { return false }
            settle(adoption.id, adoption.command, at: now)
            return true
        }
    }

    /// A command that was given up on is dead; it is gone once its server, too, is through with it.
    func settle(_ id: WorkID, _ command: Command, at now: Instant) {
        guard let query = command.settledBy else {
            events.add(.gone(id), at: now)
            return
        }
        // Only an answer to a question put after the death shows that the queue is empty.
        attended.append(Attended(.settle(id), Settled(query: query), until: .never, at: now))
    }
}
