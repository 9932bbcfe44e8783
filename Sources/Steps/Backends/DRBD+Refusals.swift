import Engine

/// What the end of drbdadm says, by the numbers of the kernel (drbd_state_rv in linux/drbd.h):
/// 8.4 names the minor in front of them and 9 the resource, and the texts differ.
extension DRBD {
    /// How long a device may be held open by somebody who only looks into it: udev and multipath
    /// do, right after an unmount or an export (LINBIT/drbd issue 74).
    static let busyPatience = Duration.seconds(10)

    func assess(_ output: Output) -> Assessment {
        if let refusal = output.refusal { return refusal }
        guard !output.succeeded else { return .look }
        guard let number = output.refusalNumber else { return otherwise(output) }
        switch number {
        case -1: return peerIsInTheWay("the peer still counts as primary (-1)")
        case -7:
            return peerIsInTheWay(
                "the peer may still be primary: it is neither connected nor fenced (-7)")
        case -10:
            return peerIsInTheWay("the peer refused it, as one does that is still primary (-10)")
        case -12: return passes("somebody holds the device open (-12)")
        case -18, -19: return passes("DRBD is in the middle of another change (\(number))")
        case -23: return passes("DRBD got no answer in time (-23)")
        case -2:
            return .giveUp(
                "no copy in reach is UpToDate (-2): wait for the peer, or lose what it wrote, by"
                    + " hand with `--force`")
        case -25:
            return .giveUp("this node has no quorum (-25): another part of the cluster may serve")
        default: return .look
        }
    }

    private func otherwise(_ output: Output) -> Assessment {
        if output.mentions("not defined in your config") {
            return .giveUp("no resource of this name is configured for this host, in /etc/drbd.d")
        }
        // 8.4 answers for the device, 9 for the resource.
        if output.mentions("(127)") || output.mentions("(158)") {
            return .retry("the resource is not up: \(output.excerpt)")
        }
        if output.mentions("Failed to modprobe") {
            return .retry("the kernel module drbd is not loaded, and could not be")
        }
        return .look
    }

    /// Refused for as long as the peer counts as primary, which the step waits for with all of its
    /// time; DRBD will not have two, so that this is as good a wait as any before it.
    private func peerIsInTheWay(_ why: String) -> Assessment { .notYet(why, within: nil) }

    private func passes(_ why: String) -> Assessment { .notYet(why, within: Self.busyPatience) }
}

extension Output {
    /// The first negative number in parentheses that it prints: `(-12)`.
    fileprivate var refusalNumber: Int? {
        let mark = Array("(-".utf8)
        for text in [standardError[...], standardOutput[...]] {
            for start in text.indices where text[start...].starts(with: mark) {
                let digits = text[(start + mark.count)...].prefix { $0 != UInt8(ascii: ")") }
                if let number = digits.number, digits.endIndex < text.endIndex { return -number }
            }
        }
        return nil
    }
}
