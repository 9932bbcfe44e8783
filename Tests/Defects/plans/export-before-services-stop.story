no-way-out: zpool export -f tank; service ctld onestop; service nfsd onestop; service mountd onestop; hastctl role secondary disk0; hastctl role secondary disk1
switchover

114.743 seconds a it ends: exit 1
115.759 seconds a zpool export -f tank
116.359 seconds a it ends: exit 1
117.375 seconds a zpool export -f tank
117.975 seconds a it ends: exit 1
118.991 seconds a zpool export -f tank
119.591 seconds a it ends: exit 1
120.607 seconds a zpool export -f tank
121.015 seconds a given up: zpool export -f tank
122.015 seconds a export pool tank: `zpool export -f tank` did not end in time
122.015 seconds a become-slave: stuck: export pool tank: `zpool export -f tank` did not end in time (last seen: pool tank is imported, and is ONLINE)
122.015 seconds a a stuck run named commands that do not lead out: zpool export -f tank; service ctld onestop; service nfsd onestop; service mountd onestop; hastctl role secondary disk0; hastctl role secondary disk1
