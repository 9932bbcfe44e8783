not-handed-over: node a serves in the end, as it did before
switchover

64.0896 seconds a import pool tank without mounting it: done
64.0896 seconds a the point of no return
64.0896 seconds a zfs mount -a
64.2396 seconds a zfs share -a
64.3976 seconds a mount the file systems of pool tank: done
64.4016 seconds a service mountd onestart
64.4096 seconds a service ctld onestart
64.7016 seconds a service nfsd onestart
64.9716 seconds a start iSCSI: done
65.0136 seconds a start NFS: done
65.0256 seconds a become-master: done
65.0256 seconds a a handover in which nothing went wrong did not hand over: node a serves in the end, as it did before
