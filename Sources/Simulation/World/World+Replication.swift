/// The replicated resources of a node, whatever replicates them.
extension World {
    /// The name and the role of each; one of DRBD that is down counts as at rest.
    var roles: [(name: String, role: HastResource.Role)] {
        hast.resources.map { ($0.name, $0.role) } + drbd.resources.map { ($0.name, $0.roleWord) }
    }

    /// The role of a resource.
    func role(ofResource name: String) -> HastResource.Role? {
        roles.first { $0.name == name }?.role
    }
}
