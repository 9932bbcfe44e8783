pool-on-two-nodes: pool tank is imported on both nodes
switchover a3:late

7.418 seconds b hastctl role primary disk0
7.418 seconds b hastctl role primary disk1
7.433 seconds b hastd: role disk0 secondary primary
7.433 seconds a hastd: disconnect disk0
7.448 seconds b hastd: role disk1 secondary primary
7.448 seconds a hastd: disconnect disk1
7.453 seconds b make disk0 primary: done
7.453 seconds b make disk1 primary: done
7.5532 seconds b wait until device /dev/hast/disk0 is present: done
7.5682 seconds b wait until device /dev/hast/disk1 is present: done
7.5764 seconds b zpool import -N -f -o cachefile=none -d /dev/hast tank
27.568 seconds b the pool was imported on both nodes at once: pool tank is imported on both nodes
