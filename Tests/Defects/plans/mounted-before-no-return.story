opened-early: tank is mounted
switchover

7.4532 seconds b make disk0 primary: done
7.4532 seconds b make disk1 primary: done
7.5534 seconds b wait until device /dev/hast/disk0 is present: done
7.5684 seconds b wait until device /dev/hast/disk1 is present: done
7.5766 seconds b zpool import -f -o cachefile=none -d /dev/hast tank
7.5932 seconds b hastd: connect disk0
7.5932 seconds a hastd: connect disk0
7.6082 seconds b hastd: connect disk1
7.6082 seconds a hastd: connect disk1
8.4846 seconds b import pool tank: done
8.4846 seconds b the point of no return
8.4846 seconds b file systems were open while the import could still be taken back: tank is mounted
