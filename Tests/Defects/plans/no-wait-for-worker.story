pool-on-two-nodes: pool tank is imported on both nodes
switchover a9:late

4.407 seconds b acquire wanted by carp 1@vlan50 MASTER: waiting until address vlan50 vhid 1 is master here, for 3s
7.41 seconds b runs become-master
7.7732 seconds b hastctl role primary disk0
7.7762 seconds b hastctl role primary disk1
8.0732 seconds b hastd: role disk0 secondary primary
8.0732 seconds a hastd: disconnect disk0
8.3732 seconds b hastd: role disk1 secondary primary
8.3732 seconds a hastd: disconnect disk1
30.3932 seconds b make disk1 primary: done
30.3932 seconds b make disk0 primary: done
30.4046 seconds b zpool import -N -f -o cachefile=none -d /dev/hast tank
50.2732 seconds b the pool was imported on both nodes at once: pool tank is imported on both nodes
