import Testing

@testable import Engine

/// A release looks back before it tries a step again.
@Suite struct RunMendingTests {
    @Test func whatCameBackIsGivenUpOnceMoreForAllThatWaitForIt() {
        var course = release()
        #expect(course.told == "lower a, lower b, lower c, lower b, lower c: done 0")
        course.changes = [(.milliseconds(500), { $0.set("a", isUp: true) })]
        #expect(course.told == "lower a, lower b, lower c, lower a, lower b, lower c: done 0")
        #expect(course.play().ending.warnings.contains { $0.contains("not so any more") })
    }

    @Test func whatComesBackAgainIsGivenUpAgain() {
        var course = release()
        course.repeated = [:]
        course.changes = [0.5, 2.6, 5.5].map { time in
            (.seconds(time), { $0.set("a", isUp: true) })
        }
        let told = course.told
        #expect(told.hasPrefix("lower a, lower b, lower c, lower a, lower b, lower c, lower a"))
        #expect(told.hasSuffix("stuck 3; left to do: lower b, lower c"))
    }

    @Test func whatCannotBeToldIsLeftToTheLastLook() {
        var course = release()
        course.changes = [
            (.milliseconds(500), { $0.hide("a") }), (.seconds(20), { $0.show("a") }),
        ]
        #expect(course.told == "lower a, lower b, lower c, lower b, lower c: done 0")
    }

    @Test func aSecondInterruptStopsItWhereItIs() {
        var course = release()
        course.changes = [(.milliseconds(500), { $0.set("a", isUp: true) })]
        course.repeated["lower a"] = .works(after: .seconds(5))
        course.inputs = [(.seconds(3), .interrupt), (.milliseconds(3100), .interrupt)]
        let told = "lower a, lower b, lower c, lower a: left 2; left to do: "
        #expect(course.told == told + "lower a, lower b, lower c")
    }

    @Test func nothingElseIsDoneAgainOnceItWasStopped() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        for name in ["a", "b", "c"] { tree.step(.lower(name), in: root) }
        var course = Course(.toy(tree.nodes, direction: .release))
        course.up = ["a", "b", "c"]
        course.faults = ["lower c": .failsBefore]
        course.repeated = ["lower a": .works(after: .seconds(5))]
        course.changes = ["a", "b"].map { name in
            (.milliseconds(500), { $0.set(name, isUp: true) })
        }
        course.inputs = [(.seconds(3), .interrupt), (.milliseconds(3100), .interrupt)]
        let told = "lower a, lower b, lower c, lower a: left 2; left to do: "
        #expect(course.told == told + "lower a, lower b, lower c")
    }

    @Test func whatTakesOverDoesNotLookBack() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.pointOfNoReturn(in: root)
        tree.step(.raise("a"), in: root)
        tree.step(.raise("b"), in: root)
        var course = Course(.toy(tree.nodes))
        course.faults = ["raise b": .failsBefore]
        course.repeated = ["raise b": .works(after: .milliseconds(100))]
        course.changes = [(.milliseconds(500), { $0.set("a", isUp: false) })]
        #expect(course.told == "raise a, raise b, raise b, raise a: done 0")
    }

    /// Lowers a, then b and c side by side, each of which fails at first.
    private func release() -> Course {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.step(.lower("a"), in: root)
        let group = tree.group(in: root, atOnce: 2)
        tree.step(.lower("b"), in: group)
        tree.step(.lower("c"), in: group)
        var course = Course(.toy(tree.nodes, direction: .release))
        course.up = ["a", "b", "c"]
        course.faults = ["lower b": .failsBefore, "lower c": .failsBefore]
        let works = ToyHost.Behaviour.works(after: .milliseconds(100))
        course.repeated = ["lower b": works, "lower c": works]
        return course
    }
}
