no-way-out: zpool export -f tank; service ctld onestop; service nfsd onestop; service mountd onestop; hastctl role secondary disk0; hastctl role secondary disk1
switchover

114.74 seconds a it ends: exit 1
115.756 seconds a zpool export -f tank
116.356 seconds a it ends: exit 1
117.372 seconds a zpool export -f tank
117.972 seconds a it ends: exit 1
118.988 seconds a zpool export -f tank
119.588 seconds a it ends: exit 1
120.604 seconds a zpool export -f tank
121.012 seconds a given up: zpool export -f tank
122.012 seconds a export pool tank: `zpool export -f tank` did not end in time
122.012 seconds a become-slave: stuck: export pool tank: `zpool export -f tank` did not end in time (last seen: pool tank is imported, and is ONLINE)
122.012 seconds a a stuck run named commands that do not lead out: zpool export -f tank; service ctld onestop; service nfsd onestop; service mountd onestop; hastctl role secondary disk0; hastctl role secondary disk1
