public import Engine

extension Catalog {
    /// Every kind of step and condition that plans can name: a new one is a file, and a line here.
    public static let builtin = Catalog(
        conditions: [
            ProcessCondition.self,
            DeviceCondition.self,
            RoleCondition.self,
            ReplicaCondition.self,
            PoolCondition.self,
            MountedCondition.self,
            ServiceCondition.self,
            PortCondition.self,
            CARPCondition.self,
            KeepalivedCondition.self,
            FileCondition.self,
            CommandCondition.self,
        ],
        steps: [
            SetRole.self,
            RejectRoute.self,
            RestartHastd.self,
            ZpoolImport.self,
            ZpoolExport.self,
            LoadKeys.self,
            ZfsMount.self,
            ZfsUnmount.self,
            StartISCSI.self,
            StopISCSI.self,
            StartNFS.self,
            StopNFS.self,
            StartService.self,
            StopService.self,
            ClaimAddress.self,
            YieldAddress.self,
            Execute.self,
            Delay.self,
            Log.self,
            Ask.self,
        ]
    )
}
