opened-early: tank is mounted
switchover

7.9534 seconds b hastd: role disk0 secondary primary
8.2534 seconds b hastd: role disk1 secondary primary
9.0934 seconds b hastd: connect disk0
9.0934 seconds a hastd: connect disk0
10.2334 seconds b hastd: connect disk1
10.2334 seconds a hastd: connect disk1
10.3134 seconds b make disk0 primary: done
10.3134 seconds b make disk1 primary: done
10.3288 seconds b zpool import -f -o cachefile=none -d /dev/hast tank
12.6408 seconds b import pool tank: done
12.6408 seconds b the point of no return
12.6408 seconds b file systems were open while the import could still be taken back: tank is mounted
