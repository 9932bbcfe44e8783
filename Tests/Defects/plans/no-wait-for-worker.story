pool-on-two-nodes: pool tank is imported on both nodes
switchover a9:late

4.407 seconds b acquire wanted by carp 1@vlan50 MASTER: waiting until address vlan50 vhid 1 is master here, for 3s
7.41 seconds b runs become-master
7.6532 seconds b hastctl role primary disk0
7.6532 seconds b hastctl role primary disk1
7.9532 seconds b hastd: role disk0 secondary primary
7.9532 seconds a hastd: disconnect disk0
8.2532 seconds b hastd: role disk1 secondary primary
8.2532 seconds a hastd: disconnect disk1
30.2732 seconds b make disk1 primary: done
30.2732 seconds b make disk0 primary: done
30.2846 seconds b zpool import -N -f -o cachefile=none -d /dev/hast tank
50.1532 seconds b the pool was imported on both nodes at once: pool tank is imported on both nodes
