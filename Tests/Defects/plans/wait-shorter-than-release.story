not-converged: no node serves
master-dies

1.0 seconds a the machine is down
4.39 seconds b CARP: 1@vlan50 is MASTER
4.395 seconds b acquire is wanted: carp 1@vlan50 MASTER
4.407 seconds b acquire wanted by carp 1@vlan50 MASTER: waiting until address vlan50 vhid 1 is master here, for 3s
7.41 seconds b runs become-master
17.533 seconds b wait until no process is titled `hastd: disk0 (secondary)`: timed out after 10s
17.533 seconds b turns back: wait until no process is titled `hastd: disk0 (secondary)`: timed out after 10s (last seen: process 703 is `hastd: disk0 (secondary)`)
17.533 seconds b become-master: rolled-back: wait until no process is titled `hastd: disk0 (secondary)`: timed out after 10s (last seen: process 703 is `hastd: disk0 (secondary)`)
17.533 seconds b acquire rolled-back: wait until no process is titled `hastd: disk0 (secondary)`: timed out after 10s (last seen: process 703 is `hastd: disk0 (secondary)`); given up after 1 attempt: a person or a new signal is needed
21.0 seconds b hastd: disconnect disk0
21.0 seconds b hastd: disconnect disk1
1801.0 seconds - the pair did not come to rest with one master: no node serves
