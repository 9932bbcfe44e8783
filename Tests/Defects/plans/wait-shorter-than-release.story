not-converged: no node serves
master-dies b10:fails-before

17.413 seconds b wait until no process is titled `hastd: disk0 (secondary)`: not so in time: no process is titled `hastd: disk0 (secondary)`
17.413 seconds b turns back: wait until no process is titled `hastd: disk0 (secondary)`: not so in time: no process is titled `hastd: disk0 (secondary)` (last seen: process 703 is `hastd: disk0 (secondary)`)
17.416 seconds b ifconfig vlan50 vhid 1 advskew 254 state backup
17.416 seconds b the command fails, and has done nothing
17.419 seconds b it ends: exit 1
18.419 seconds b yield address vlan50 vhid 1: `ifconfig vlan50 vhid 1 advskew 254 state backup` ended with exit 1
18.419 seconds b turns back: `if-failed` did not get through: yield address vlan50 vhid 1: `ifconfig vlan50 vhid 1 advskew 254 state backup` ended with exit 1 (last seen: address vlan50 vhid 1 is master)
18.419 seconds b become-master: rolled-back: wait until no process is titled `hastd: disk0 (secondary)`: not so in time: no process is titled `hastd: disk0 (secondary)` (last seen: process 703 is `hastd: disk0 (secondary)`)
18.419 seconds b acquire rolled-back: wait until no process is titled `hastd: disk0 (secondary)`: not so in time: no process is titled `hastd: disk0 (secondary)` (last seen: process 703 is `hastd: disk0 (secondary)`); given up after 1 attempt: a person or a new signal is needed
21.0 seconds b hastd: disconnect disk0
21.0 seconds b hastd: disconnect disk1
1817.416 seconds - the pair did not come to rest with one master: no node serves
