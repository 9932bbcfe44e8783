no-way-out: zpool export -f tank; service ctld onestop; service nfsd onestop; service mountd onestop; if hastd does not answer, and no pool is imported on its disks: pkill -KILL -U root -o -x hastd && service hastd onestart; hastctl role secondary disk0; hastctl role secondary disk1; route -n delete -host 192.0.2.12
switchover

334.519 seconds a it ends: exit 1
335.535 seconds a zpool export -f tank
336.13500000000005 seconds a it ends: exit 1
337.151 seconds a zpool export -f tank
337.75100000000003 seconds a it ends: exit 1
338.76700000000005 seconds a zpool export -f tank
339.367 seconds a it ends: exit 1
340.38300000000004 seconds a zpool export -f tank
340.98300000000006 seconds a it ends: exit 1
340.99100000000004 seconds a export pool tank: something still holds pool tank open, and its file systems are unmounted: cannot export 'tank': pool is busy
340.99100000000004 seconds a become-slave: stuck: export pool tank: something still holds pool tank open, and its file systems are unmounted: cannot export 'tank': pool is busy (last seen: pool tank is imported, and is ONLINE)
340.99100000000004 seconds a a stuck run named commands that do not lead out: zpool export -f tank; service ctld onestop; service nfsd onestop; service mountd onestop; if hastd does not answer, and no pool is imported on its disks: pkill -KILL -U root -o -x hastd && service hastd onestart; hastctl role secondary disk0; hastctl role secondary disk1; route -n delete -host 192.0.2.12
