using Chitti.Benchmarks;

return args is ["engine", var model, var images]
    ? await EngineChild.RunAsync(model, images)
    : await Suite.RunAsync(BenchOptions.Parse(args));
