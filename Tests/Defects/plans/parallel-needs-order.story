demoted-under-pool: disk0 was demoted under the open pool tank
switchover

1.005 seconds a release is wanted: carp 1@vlan50 BACKUP
1.015 seconds a runs become-slave
1.027 seconds a service ctld onestop
1.027 seconds a service nfsd onestop
1.327 seconds a it ends: exit 1
1.327 seconds a service mountd onestop
1.339 seconds a stop iSCSI: done
1.639 seconds a stop NFS: done
1.767 seconds a zpool export -f tank
1.879 seconds a hastctl role secondary disk0
1.879 seconds a hastctl role secondary disk1
2.179 seconds a a disk was demoted under the imported pool: disk0 was demoted under the open pool tank
