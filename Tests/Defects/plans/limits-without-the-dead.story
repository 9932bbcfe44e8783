not-converged: no node serves
master-dies

256.197 seconds b left: make disk0 primary: another disk was being given up all the time (last seen: resource disk0 is primary)
257.197 seconds b become-master: stuck: make disk0 primary: timed out after 15s waiting until resource disk0 is primary here (last seen: `hastctl list disk0`: promotion under way: disk1 has no device yet, and hastd must not be asked before); and not all could be undone
257.197 seconds b acquire stuck: make disk0 primary: timed out after 15s waiting until resource disk0 is primary here (last seen: `hastctl list disk0`: promotion under way: disk1 has no device yet, and hastd must not be asked before); and not all could be undone; no further attempt until nothing of it is left here
258.117 seconds b hastd: role disk1 primary secondary
262.317 seconds b the release plan takes away what a stuck acquire left: resource disk0 is primary
262.317 seconds b runs become-slave
262.577 seconds b hastctl role secondary disk0
272.877 seconds b hastd: role disk0 primary secondary
272.997 seconds b make disk0 secondary: done
273.12 seconds b become-slave: done
273.12 seconds b the acquire was stuck, and is taken back; given up after 5 attempts: a person or a new signal is needed
1801.0 seconds - the pair did not come to rest with one master: no node serves
