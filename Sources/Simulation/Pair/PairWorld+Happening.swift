public import Engine

extension PairWorld {
    /// Something that happens in a pair, as somebody on a node can tell.
    public enum Happening: Sendable {
        /// A host answers to the work of its engine.
        case event(Side, Event)
        /// A shared address has come into a state, as devd or keepalived says it.
        case address(Side, VirtualHost)
        /// hastd calls the program of `exec`.
        case hook(Side, HookWords)
        /// The machine has booted as far as its services; hastd comes a few seconds later.
        case up(Side)
        /// The machine is off: its power was cut, it has shut down, or it has fenced itself.
        case down(Side)
        /// Something else has changed in a part that matters.
        case changed
    }
}
