not-converged: no node serves
switchover

1.636 seconds a zpool export -f tank
2.244 seconds a export pool tank: done
2.244 seconds a hastctl role secondary disk0
2.259 seconds a hastd: role disk0 primary secondary
2.259 seconds b hastd: disconnect disk0
2.264 seconds a hastctl role secondary disk1
2.264 seconds a make disk0 secondary: done
2.279 seconds a hastd: role disk1 primary secondary
2.279 seconds b hastd: disconnect disk1
2.284 seconds a make disk1 secondary: done
2.296 seconds a become-slave: done
1801.0 seconds - the pair did not come to rest with one master: no node serves
