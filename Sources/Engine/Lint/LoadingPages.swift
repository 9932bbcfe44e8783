/// The pages of what the loaders warn of while they read, which no rule of the lint looks for.
extension LintPage {
    static let loading = [
        counterpartAtFault, oneSidedCounterpart, differentValues, emptyList, unknownParameter,
        unconfirmedAddress, askBySignal, releaseOutlastsWait, stopsOtherPair, noStrike,
    ]

    static let counterpartAtFault = LintPage(
        code: "counterpart-at-fault",
        summary: "A release is read beside a counterpart that cannot be used.",
        why: "this release runs all the same, and the acquire does not",
        story: """
            Somebody mistyped a word in the master plan on Friday. The release on this node runs \
            all the same, since it needs only its own plan, and gives the pool up as it should. \
            The peer, or this node after the next change of the address, refuses the master plan \
            at its first line, and nobody serves until a person mends the word.
            """,
        mend: """
            `failover validate` of the counterpart tells all of its faults. It cannot be allowed: \
            a file that cannot be read is meant by nobody.
            """,
        example: """
            plan: become-master
            direction: acquire
            counterpart: become-slave.yaml     # `validate` finds no fault in it
            steps:
              - log: about to take over
            """,
        refusal: "the counterpart is to be mended"
    )

    static let oneSidedCounterpart = LintPage(
        code: "one-sided-counterpart",
        summary: "The counterpart names another plan as its own.",
        why: "the two would not take each other back",
        story: """
            The master plan was copied for a second pool, and still names the release plan of the \
            first. It takes the second pool over. At the next failover its release stops the \
            services and exports the pool of the first pair, says done, and the second pool stays \
            imported here. The peer waits for disks that nobody lets go.
            """,
        mend: """
            Let the two plans name each other. The rules that compare a plan with its counterpart \
            look only at two that do. A plan that means it, such as a drill that is taken back by \
            the release plan of another one, can allow it.
            """,
        example: """
            plan: become-master
            direction: acquire
            counterpart: become-slave.yaml     # which names become-master.yaml
            steps:
              - log: about to take over
            """
    )

    static let differentValues = LintPage(
        code: "different-values",
        summary: "A parameter has another value in the counterpart.",
        why: "the two plans would work on different things",
        story: """
            A disk was added to the list in the master plan, and not in the other one. The next \
            release demotes nine disks out of ten. The tenth stays primary here; the peer waits \
            for it until its time is over, and rolls back. Nobody serves, and each plan by itself \
            looks right.
            """,
        mend: """
            Settle it once in site.yaml, by which the defaults of both plans are overridden. Where \
            the two mean different things by one name, give the parameters different names, or \
            allow it.
            """,
        example: """
            parameters:
              disks: [disk0, disk1]     # settled in site.yaml, for both plans at once
            """
    )

    static let emptyList = LintPage(
        code: "empty-list",
        summary: "A `for-each` goes through an empty list.",
        why: "its steps do nothing",
        story: """
            The list of the disks was emptied in site.yaml for a test and never filled again. The \
            release goes through no disk, demotes nothing, and says done. The peer waits for disks \
            that are primary here. In a takeover an empty list is an error, since a pool would be \
            forced in without its disks.
            """,
        mend: """
            Name at least one item, or take the `for-each` out. A plan for several sites, some of \
            which have none of a thing, can allow it.
            """,
        example: """
            parameters:
              extra: [web, mail]
            steps:
              - for-each: service
                in: ${extra}
                steps:
                  - log: about ${service}
            """
    )

    static let unknownParameter = LintPage(
        code: "unknown-parameter",
        summary: "The site settles a parameter by a name that no plan here has, but nearly.",
        why: "it is of no use here; another plan may declare it",
        story: """
            site.yaml says `disk: [disk0, disk1, disk2]` where the plans declare `disks`. Nothing \
            is wrong with either file, and the plans go on with their own default, which is two \
            disks. The third is neither promoted nor demoted, and the pool comes up degraded, or \
            not at all.
            """,
        mend: """
            Write the name as the plans have it. Where another plan beside them declares it, allow \
            it in the plan that is warned of. A setting of the command line (`--set`) that no \
            parameter has is an error, and cannot be allowed.
            """,
        example: """
            parameters:
              disks: [disk0, disk1]     # the same name in site.yaml
            """
    )

    static let unconfirmedAddress = LintPage(
        code: "unconfirmed-address",
        summary: "A signal comes from an address that `only-if` does not look at.",
        why: "a pair with several addresses is master only of all of them",
        story: """
            The pair has an address in two networks. One switch fails, the address in that network \
            moves and calls for the takeover, and the other stays with the peer, which serves as \
            before. `only-if` asks for the second address alone at this node the next time they \
            are together, and both nodes find themselves entitled to the pool.
            """,
        mend: """
            Let `only-if` ask for each CARP address under `match` to be master. A pair whose \
            addresses may be apart says `allow: [unconfirmed-address]` beside its `acquire`.
            """,
        example: """
            acquire:
              match: [carp: 1@vlan50 MASTER, carp: 2@vlan60 MASTER]
              run: become-master.yaml
              only-if:
                - carp: {interface: vlan50, vhid: 1, state: master}
                - carp: {interface: vlan60, vhid: 2, state: master}
            """,
        subject: .signals
    )

    static let noStrike = LintPage(
        code: "no-strike",
        summary: "A trouble that was asked for struck nothing.",
        why: "what it was to show was not tried",
        story: """
            A trial was to show that the plan survives an import that hangs. The line named \
            `zpool import tank`, and the plan says `zpool import -f tank`: nothing hung, the run \
            ended well, and the trial proved nothing about the night on which it will hang.
            """,
        mend: """
            Name the command as the run shows it, or a part of it that is there. It cannot be \
            allowed: a trouble that is to strike nothing is left out.
            """,
        example: """
            failover run --simulate plan.yaml --fault 'zpool import: hangs'
            """,
        subject: .trial,
        refusal: "a trouble that is to strike nothing is left out"
    )
}
