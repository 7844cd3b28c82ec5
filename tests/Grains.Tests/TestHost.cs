using System.Data.Common;
using Chitti.Detection;
using Chitti.Inference;
using Chitti.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chitti.Grains.Tests;

/// <summary>A system under test, seen through one of its silos. Which database and streams it has, the derived class says.</summary>
internal abstract class TestHost : IAsyncDisposable
{
    /// <summary>Of a silo that runs.</summary>
    public abstract IServiceProvider Services { get; }

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public IFileStore Files => Services.GetRequiredService<IFileStore>();

    public IWorkLedger Ledger => Services.GetRequiredService<IWorkLedger>();

    public IReportStore Reports => Services.GetRequiredService<IReportStore>();

    public IInspectionStore Inspections => Services.GetRequiredService<IInspectionStore>();

    public IProfileList Profiles => Services.GetRequiredService<IProfileList>();

    public IObjectStore Objects => Services.GetRequiredService<IObjectStore>();

    /// <summary>A new connection to the database, open.</summary>
    public abstract Task<DbConnection> OpenDatabaseAsync();

    /// <summary>Makes the ledger older; younger, as if the clock had been set back, by a negative time.</summary>
    public abstract Task PassAsync(TimeSpan time);

    /// <summary>From now on nothing can be published.</summary>
    public abstract Task StopStreamsAsync();

    /// <summary>Ends what <see cref="StopStreamsAsync"/> began.</summary>
    public abstract Task StartStreamsAsync();

    /// <summary>Ends the silos without letting their work end.</summary>
    public abstract Task KillAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>Runs an engine of the test's choosing in place of every model's. The models are read once for all tests.</summary>
    protected static void AddEngine(IServiceCollection services, IDetectionEngine engine)
    {
        services.RemoveAll<IValidateOptions<ModelOptions>>();
        services.AddSingleton(TestModels.Shelf);
        services.AddSingleton(_ => new DetectionEngines(TestModels.Shelf, _ => engine));
    }
}
