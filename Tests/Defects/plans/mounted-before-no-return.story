opened-early: tank is mounted
switchover

8.0734 seconds b hastd: role disk0 secondary primary
8.3734 seconds b hastd: role disk1 secondary primary
9.2134 seconds b hastd: connect disk0
9.2134 seconds a hastd: connect disk0
10.3534 seconds b hastd: connect disk1
10.3534 seconds a hastd: connect disk1
10.4334 seconds b make disk1 primary: done
10.4334 seconds b make disk0 primary: done
10.4488 seconds b zpool import -f -o cachefile=none -d /dev/hast tank
12.7608 seconds b import pool tank: done
12.7608 seconds b the point of no return
12.7608 seconds b file systems were open while the import could still be taken back: tank is mounted
