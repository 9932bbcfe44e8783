public import Engine

extension World {
    /// The tool that a command line starts.
    func tool(for argv: [String]) -> Tool {
        if !tools.isEmpty, let index = userTool(for: argv) { return .user(index) }
        switch argv.first {
        case "hastctl": return .hastctl
        case "drbdadm": return drbd.isInstalled ? .drbdadm : .missing
        case "drbdsetup": return drbd.isInstalled ? .drbdsetup : .missing
        case "zpool": return .zpool
        case "zfs": return .zfs
        case "sysctl": return isLinux ? .missing : .sysctl
        case "service": return .service
        case "ctladm": return .ctladm
        case "ifconfig": return .ifconfig
        case "ip": return .ip
        case "route" where !isLinux: return .route
        case "mount" where !isLinux: return .mount
        case "ctld" where !isLinux: return .ctld
        case "kill" where !isLinux: return .kill
        case "pkill" where !isLinux: return .pkill
        case "pwait" where !isLinux: return .pwait
        case "awk", "rm", "sleep", "touch": return .userland
        default: return linuxTool(argv)
        }
    }

    private func linuxTool(_ argv: [String]) -> Tool {
        guard isLinux else { return .missing }
        switch argv.first {
        case "systemctl": return .systemctl
        case "targetctl": return .targetctl
        case "targetcli": return .targetcli
        case "grep": return .grep
        case "tgtadm": return .tgtadm
        case "tgt-admin": return .tgtAdmin
        case "exportfs": return .exportfs
        case "rpc.nfsd": return .rpcNfsd
        default: return .missing
        }
    }

    /// Runs a command on the world, as it would be at its end.
    mutating func run(_ tool: Tool, _ argv: [String]) -> Outcome {
        switch tool {
        case .hastctl: return Hastctl.run(argv, on: &self)
        case .drbdadm: return Drbdadm.run(argv, on: &self)
        case .drbdsetup: return Drbdsetup.run(argv, on: self)
        case .zpool: return Zpool.run(argv, on: &self)
        case .zfs: return Zfs.run(argv, on: &self)
        case .sysctl: return Kstat.sysctl(argv, on: self)
        case .service: return Service.run(argv, on: &self)
        case .ctladm: return Ctladm.run(argv, on: &self)
        case .ifconfig: return Ifconfig.run(argv, on: &self)
        case .ip: return Ip.run(argv, on: &self)
        case .route: return Route.run(argv, on: &self)
        case .mount: return Mount.run(argv, on: self)
        case .ctld: return CtldTool.run(argv, on: &self)
        case .kill: return Signalling.kill(argv, on: &self)
        case .pkill: return Signalling.pkill(argv, on: &self)
        case .pwait: return Signalling.wait(argv, on: self)
        case .userland: return Userland.run(argv, on: &self)
        case .systemctl: return Systemctl.run(argv, on: &self)
        case .targetctl: return Targetctl.run(argv, on: &self)
        case .targetcli: return Targetcli.run(argv, on: &self)
        case .grep: return Grep.run(argv, on: self)
        case .tgtadm: return Tgtadm.run(argv, on: &self)
        case .tgtAdmin: return TgtAdmin.run(argv, on: &self)
        case .exportfs: return NfsTools.exportfs(argv, on: &self)
        case .rpcNfsd: return NfsTools.nfsd(argv, on: &self)
        case .user(let index):
            let tool = tools[index]
            for effect in tool.effects { apply(effect) }
            return .exits(
                Output(
                    .exited(tool.exit),
                    output: Array(tool.output.utf8),
                    error: Array(tool.error.utf8)
                )
            )
        case .missing:
            return .exits(Output(.unavailable("\(argv.first ?? "nothing") is not installed")))
        }
    }

    /// Runs a command on the world at once, as the host would at the end of its time.
    ///
    /// Nil when it waits for something. What it brings about for later stays with the world.
    public mutating func run(_ argv: [String]) -> Output? {
        guard case .exits(let output) = run(tool(for: argv), argv) else { return nil }
        return output
    }
}
