using Chitti.Domain;

namespace Chitti.Standalone;

/// <summary>Shows pictures to a model, as inspections do.</summary>
internal static class PictureViewer
{
    public static async Task<SeenPicture> SeeAsync(InspectionSetup setup, string file, Tiling tiling, CancellationToken cancellationToken)
    {
        var (bytes, read) = await PictureReading.ReadAsync(file, setup.MaxFileBytes, setup.Decoders, cancellationToken);
        if (read.Error is { } error)
        {
            return new(file, [], error);
        }

        var (profile, fault) = setup.ProfileFor(file);
        if (profile is null)
        {
            return new(file, [], fault);
        }

        var (outcome, refusal) = await setup.LookAsync(bytes, profile, tiling, cancellationToken);
        return (outcome?.Result, refusal ?? outcome?.Fault?.Detail) switch
        {
            (_, { } why) => new(file, [], why),
            ({ Reference.Fault: { } why }, _) => new(file, [], $"not recognised as this part: {why}"),
            ({ Scale.Fault: { } why }, _) => new(file, [], why),
            ({ } result, _) => new(file, result.LookedAt, null),
            _ => new(file, [], "the engine did not take it"),
        };
    }
}
