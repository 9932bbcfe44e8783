/// What comes in on a good day, and the signals that it selects by.
enum NoticeWords {
    static let all = [
        "MASTER", "BACKUP", "INIT", "FAULT", "STOP", "DELETED", "MASTER_RX_LOWER_PRI", "vlan50",
        "vlan0.100", "1@vlan50", "256@vlan50", "0@em0", "1@em0; reboot", "$(x)", "disk0", "r0",
        "primary", "secondary", "init", "INSTANCE", "GROUP", "VI_1", "VI 1", "100", "255", "256",
        "-f", "--", "../../etc", "carp0", "LINK_UP", "LINK_DOWN", " ", "  ", "\"", "\\\"", "=", ":",
        "@", "\u{0}", "\u{1B}]0;x\u{7}", "é", "\u{202E}", "name:", "role:", "role",
    ]

    static let signals = """
        pairs:
          - pair: red
            acquire:
              match:
                - carp: 1@vlan50 MASTER
                - keepalived: INSTANCE VI_1 MASTER
                - keepalived: INSTANCE "VI 1" MASTER
                - interface: carp0 LINK_UP
              run: master.yaml
              only-if: {carp: {interface: vlan50, vhid: 1, state: master}}
            release:
              match: [hast: split-brain disk0, drbd: quorum r0 no]
              run: slave.yaml
          - pair: blue
            acquire:
              match: [carp: 2@vlan0.100 MASTER, keepalived: GROUP G1 MASTER]
              run: blue-master.yaml
              only-if: {carp: {interface: vlan0.100, vhid: 2, state: master}}
            release: {run: blue-slave.yaml}
        """
}
