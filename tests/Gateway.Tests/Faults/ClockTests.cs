using System.Net.Http.Json;
using System.Text.Json;
using SkiaSharp;

namespace Chitti.Gateway.Tests;

/// <summary>The machine's clock is changed while the server is down: accepted files are processed all the same.</summary>
public sealed class ClockTests : IDisposable
{
    private const int Files = 40, Slow = 8, SlowSide = 7_000;
    private const string Published = "SELECT count(*) FROM work WHERE published_at IS NOT NULL AND lease_holder IS NULL";

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <param name="minutes">Change of the clock. Half an hour is within the times that the ledger looks ahead, days are not.</param>
    [Theory]
    [InlineData(-30)]
    [InlineData(-3 * 24 * 60)]
    [InlineData(3 * 24 * 60)]
    public async Task Restart_ClockWasSet_CompletesEveryAcceptedFileOnce(int minutes)
    {
        if (ShiftedClock.FindVariables(TimeSpan.Zero) is not { } present)
        {
            return;
        }

        var plan = new UploadPlan(Files);
        var slow = Pictures.Encode(SlowSide, SlowSide, SKEncodedImageFormat.Png);
        present["Chitti__Work__Partitions"] = present["Chitti__Detector__Sessions"] = "1";
        await using (var server = await ServerProcess.StartAsync(new(_folder.Path) { Environment = present }))
        {
            // With one partition these delay the rest.
            for (var i = 0; i < Slow; i++)
            {
                await new PlannedUpload([($"slow-{i}.png", slow)], null).SendAsync(server.Http);
            }

            await plan.SendAsync(server.Http);
            await Wait.UntilAsync(
                () => _folder.Scalar(Published) > 0, () => "work is published");
            await server.KillAsync();
        }

        Assert.Equal(Files, plan.CountAccepted());
        Assert.NotEqual(0, _folder.Scalar(Published));

        await using var restarted = await ServerProcess.StartAsync(
            new(_folder.Path) { Environment = ShiftedClock.FindVariables(TimeSpan.FromMinutes(minutes))! });
        var clock = (await restarted.Http.GetAsync("/health/live")).Headers.Date!.Value;
        Assert.InRange((clock - TimeProvider.System.GetUtcNow()).TotalMinutes, minutes - 10, minutes + 10);
        await _folder.WhenSettledAsync();

        _folder.AssertWhole(Files + Slow);
        foreach (var upload in plan.Uploads.Where(upload => upload.Key is not null))
        {
            // Answers are kept for a day.
            if (minutes < 24 * 60)
            {
                Assert.Equal(upload.Answer, await upload.PostAsync(restarted.Http));
            }
        }

        await new PlannedUpload([("next.jpg", Pictures.Sample("open.jpg"))], null).SendAsync(restarted.Http);
        await _folder.WhenSettledAsync();
        var list = await restarted.Http.GetFromJsonAsync<JsonElement>("/api/files?limit=500");
        Assert.Equal(Files + Slow + 1, list.GetProperty("items").EnumerateArray().Count(file => file.GetProperty("state").GetString() == "completed"));
    }
}
