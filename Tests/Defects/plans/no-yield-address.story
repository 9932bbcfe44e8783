not-converged: no node serves
switchover

1.636 seconds a zpool export -f tank
2.244 seconds a export pool tank: done
2.484 seconds a hastctl role secondary disk0
2.484 seconds a hastctl role secondary disk1
2.784 seconds a hastd: role disk0 primary secondary
2.784 seconds b hastd: disconnect disk0
3.084 seconds a hastd: role disk1 primary secondary
3.084 seconds b hastd: disconnect disk1
3.204 seconds a make disk0 secondary: done
3.204 seconds a make disk1 secondary: done
3.327 seconds a become-slave: done
1801.0 seconds - the pair did not come to rest with one master: no node serves
