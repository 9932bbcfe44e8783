pool-on-two-nodes: pool tank is imported on both nodes
flapping a3:slow b9:slow

12.6846 seconds a import pool tank without mounting it: done
12.6846 seconds a the point of no return
12.6846 seconds a zfs mount -a
12.8346 seconds a zfs share -a
12.9926 seconds a mount the file systems of pool tank: done
12.9966 seconds a service nfsd onestart
13.0046 seconds a service ctld onestart
13.5666 seconds a start iSCSI: done
14.2086 seconds a start NFS: done
14.2206 seconds a become-master: done
17.595 seconds b given up: zpool import -N -f -o cachefile=none -d /dev/hast tank
31.8092 seconds b the pool was imported on both nodes at once: pool tank is imported on both nodes
