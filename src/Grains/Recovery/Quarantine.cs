using System.Text.Json;
using Chitti.Domain;
using Chitti.Storage;

namespace Chitti.Grains;

/// <summary>
/// The objects in quarantine. They are deleted once the day of their folder is long enough ago and sweeps have seen the folder on
/// enough different days: a clock that is far ahead makes the first true at once, but adds a single day to the second.
/// </summary>
internal sealed class Quarantine(IObjectStore objects, IFileStore files)
{
    private const string SeenKey = $"{FileObjects.QuarantinePrefix}seen.json";
    private const int PageSize = 500;

    /// <summary>Moves the objects of files back, and deletes what has been there for long enough.</summary>
    /// <param name="today">The day of the sweep, UTC.</param>
    /// <param name="days">Days in quarantine.</param>
    /// <param name="failures">Receives the objects that could not be moved or deleted.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Number of objects moved back, and deleted.</returns>
    public async Task<(int Returned, int Deleted)> SweepAsync(DateOnly today, int days, SweepFailures failures, CancellationToken cancellationToken)
    {
        var seen = await ReadSeenAsync(failures, cancellationToken);
        var (returned, deleted) = (0, 0);
        var left = new HashSet<DateOnly>();
        var keys = objects.ListAsync(FileObjects.QuarantinePrefix, cancellationToken)
            .Select(found => found.Key).Where(key => FileObjects.QuarantinedOn(key) is not null);
        await foreach (var page in keys.Chunk(PageSize).WithCancellation(cancellationToken))
        {
            var unowned = (await files.FindUnownedAsync([.. page.Select(FileObjects.HomeOf)], cancellationToken)).ToHashSet(StringComparer.Ordinal);
            foreach (var key in page)
            {
                var day = FileObjects.QuarantinedOn(key)!.Value;
                var before = failures.Count;
                if (!unowned.Contains(FileObjects.HomeOf(key)) && await failures.TryAsync(key, () => ReturnAsync(key, cancellationToken)))
                {
                    returned++;
                }
                else if (failures.Count == before && IsOver(day) && await failures.TryAsync(key, () => DeleteAsync(key, cancellationToken)))
                {
                    deleted++;
                }
                else
                {
                    left.Add(day);
                }
            }
        }

        await failures.TryAsync(SeenKey, () => WriteSeenAsync(seen, left, today, days, cancellationToken));
        return (returned, deleted);

        bool IsOver(DateOnly day) => day < today.AddDays(-days) && seen.GetValueOrDefault(day, []).Append(today).Distinct().Count() > days;
    }

    /// <summary>Moves an object back to its key, unless there is one already.</summary>
    public async Task<bool> ReturnAsync(string key, CancellationToken cancellationToken)
    {
        var home = FileObjects.HomeOf(key);
        return await objects.GetInfoAsync(home, cancellationToken) is null && await objects.MoveAsync(key, home, cancellationToken);
    }

    private async Task<bool> DeleteAsync(string key, CancellationToken cancellationToken)
    {
        await objects.DeleteAsync(key, cancellationToken);
        return true;
    }

    /// <summary>The days on which sweeps have seen each folder. Without them, they are counted again.</summary>
    private async Task<Dictionary<DateOnly, DateOnly[]>> ReadSeenAsync(SweepFailures failures, CancellationToken cancellationToken)
    {
        try
        {
            if (await objects.GetInfoAsync(SeenKey, cancellationToken) is null)
            {
                return [];
            }

            await using var stream = await objects.OpenReadAsync(SeenKey, cancellationToken);
            return stream is null ? [] : await JsonSerializer.DeserializeAsync<Dictionary<DateOnly, DateOnly[]>>(stream, ApiJson.Options, cancellationToken) ?? [];
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            failures.Add(SeenKey, exception);
            return [];
        }
    }

    private async Task<bool> WriteSeenAsync(
        Dictionary<DateOnly, DateOnly[]> seen, HashSet<DateOnly> left, DateOnly today, int days, CancellationToken cancellationToken)
    {
        var next = left.ToDictionary(day => day, day => seen.GetValueOrDefault(day, []) is var before && before.Length > days ? before : [.. before.Append(today).Distinct()]);
        if (next.Count == 0)
        {
            await objects.DeleteAsync(SeenKey, cancellationToken);
        }
        else if (next.Count != seen.Count || next.Any(folder => seen.GetValueOrDefault(folder.Key)?.Length != folder.Value.Length))
        {
            await using var staged = await objects.StageAsync(accepted: true, cancellationToken);
            await staged.Content.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(next, ApiJson.Options), cancellationToken);
            await staged.CommitAsync(SeenKey, cancellationToken);
        }

        return true;
    }
}
