// Every test here runs servers and several silos; concurrent tests would share the cores and the process-wide meters.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
