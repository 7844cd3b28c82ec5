using System.Data.Common;
using Chitti.Detection;
using Chitti.Inference;
using Chitti.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chitti.Grains.Tests;

/// <summary>A system under test, accessed through one of its silos. The derived class determines its database and streams.</summary>
internal abstract class TestHost : IAsyncDisposable
{
    /// <summary>The services of a running silo.</summary>
    public abstract IServiceProvider Services { get; }

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public IFileStore Files => Services.GetRequiredService<IFileStore>();

    public IWorkLedger Ledger => Services.GetRequiredService<IWorkLedger>();

    public IReportStore Reports => Services.GetRequiredService<IReportStore>();

    public IInspectionStore Inspections => Services.GetRequiredService<IInspectionStore>();

    public IProfileList Profiles => Services.GetRequiredService<IProfileList>();

    public IObjectStore Objects => Services.GetRequiredService<IObjectStore>();

    /// <summary>A new, open connection to the database.</summary>
    public abstract Task<DbConnection> OpenDatabaseAsync();

    /// <summary>Makes the ledger older. A negative time makes it younger, as if the clock had been set back.</summary>
    public abstract Task PassAsync(TimeSpan time);

    /// <summary>Makes publishing fail from now on.</summary>
    public abstract Task StopStreamsAsync();

    /// <summary>Undoes <see cref="StopStreamsAsync"/>.</summary>
    public abstract Task StartStreamsAsync();

    /// <summary>Stops the silos without letting them finish their work.</summary>
    public abstract Task KillAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>Replaces the engine of every model. The models are read once for all tests.</summary>
    protected static void AddEngine(IServiceCollection services, IDetectionEngine engine)
    {
        services.RemoveAll<IValidateOptions<ModelOptions>>();
        services.AddSingleton(TestModels.Shelf);
        services.AddSingleton(_ => new DetectionEngines(TestModels.Shelf, _ => engine));
    }
}
