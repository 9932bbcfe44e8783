not-converged: no node serves
switchover b1:hastd-asked

1643.4933999999998 seconds b make disk1 secondary: promotion under way: disk0, disk1 have no device yet, and hastd must not be asked before
1643.4933999999998 seconds b become-slave: stuck: make disk0 secondary: promotion under way: disk0, disk1 have no device yet, and hastd must not be asked before (last seen: resource disk0 is primary)
1643.4933999999998 seconds b release stuck: make disk0 secondary: promotion under way: disk0, disk1 have no device yet, and hastd must not be asked before (last seen: resource disk0 is primary); what a stuck acquire left is still here
1703.6134 seconds b the release plan takes away what a stuck acquire left: resource disk0 is primary
1703.6134 seconds b runs become-slave
1703.7534 seconds b hastctl role secondary disk0
1703.7534 seconds b hastctl role secondary disk1
1803.6334 seconds b it ends: promotion under way: disk0, disk1 have no device yet, and hastd must not be asked before
1803.6334 seconds b it ends: promotion under way: disk0, disk1 have no device yet, and hastd must not be asked before
1804.8854 seconds b hastctl role secondary disk0
1804.8854 seconds b hastctl role secondary disk1
1818.407 seconds - the pair did not come to rest with one master: no node serves
