// Every test here runs servers and several silos; two at once would share the cores, and the meters of the process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
