import ArgumentParser
import Engine
import LocalHost
import Simulation

/// A run on a simulated pair, in real time or at once.
struct RunSimulated {
    let plan: Plan
    let isFast: Bool
    let isJSON: Bool

    /// Runs the plan in `world`; in the end those of the troubles are told that struck nothing.
    func run(in world: World, with troubles: Troubles) -> Ending {
        let virtual = SimulatedHost(world.limited(by: plan))
        let start = virtual.now
        let view = RunView(plan, isJSON: isJSON, isSimulated: true)
        var driver = Driver(plan)
        let ending: Ending
        let missed: [Troubles.Missed]
        if isFast {
            var host = virtual
            ending = driver.drive(&host, from: start) { view.take($0) }
            missed = troubles.missed(on: host)
        } else {
            let timeline = Timeline()
            let clock = LocalHost(
                syslog: nil, catchingInterrupts: true,
                heartbeat: { view.tick(at: timeline.virtual($0)) })
            timeline.begin(real: clock.now, virtual: start)
            var host = PacedHost(virtual, along: timeline, on: clock)
            ending = driver.drive(&host, from: start) { view.take($0) }
            missed = troubles.missed(on: host.virtual)
        }
        view.close()
        Reading.warn(of: missed, in: "--fault")
        return ending
    }
}
