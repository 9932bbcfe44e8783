demoted-under-pool: disk0 was demoted under the open pool tank
switchover

1.0 seconds a CARP: 1@vlan50 is BACKUP
1.005 seconds a release is wanted: carp 1@vlan50 BACKUP
1.012 seconds a runs become-slave
1.024 seconds a service ctld onestop
1.024 seconds a service nfsd onestop
1.324 seconds a service mountd onestop
1.336 seconds a stop iSCSI: done
1.636 seconds a stop NFS: done
1.636 seconds a zpool export -f tank
1.641 seconds a hastctl role secondary disk0
1.641 seconds a hastctl role secondary disk1
1.656 seconds a a disk was demoted under the imported pool: disk0 was demoted under the open pool tank
