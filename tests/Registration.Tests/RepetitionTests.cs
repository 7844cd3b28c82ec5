using SkiaSharp;

namespace Chitti.Registration.Tests;

/// <summary>Parts that look like themselves when shifted or turned.</summary>
public sealed class RepetitionTests
{
    private const int Side = 640;
    private const int Cell = 80;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, -5)]
    [InlineData(80, 0)]
    [InlineData(-78, 3)]
    [InlineData(161, 82)]
    [InlineData(0, -240)]
    [InlineData(35, 44)]
    public void Register_RepeatedCellsWithOneThatDiffers_FindsTheTrueShift(int x, int y)
    {
        var pose = PlaneTransform.Translation(x, y);

        var outcome = Registrar.Register(Cells(pose, odd: (4, 4)), [PreparedReference.Create(Cells(PlaneTransform.Identity, odd: (4, 4)))]);

        Assert.True(Pose.CornerError(outcome, pose, Side, Side) <= 0.5, outcome.ToString());
    }

    [Theory]
    [InlineData(1.5, 1.0)]
    [InlineData(-6, 0.9)]
    [InlineData(92, 1.1)]
    public void Register_RepeatedCellsRotated_IsRightOrRefused(double degrees, double scale)
    {
        var pose = Pose.About(Side, degrees, scale, 100, 20);

        var outcome = Registrar.Register(Cells(pose, odd: (4, 4)), [PreparedReference.Create(Cells(PlaneTransform.Identity, odd: (4, 4)))]);

        Assert.True(!outcome.IsRegistered || Pose.CornerError(outcome, pose, Side, Side) < 0.5, outcome.ToString());
    }

    [Theory]
    [InlineData(40, 0)]
    [InlineData(200, 0)]
    public void Register_CellsThatAllLookAlike_ShiftedIsRefused(int x, int y)
    {
        var outcome = Registrar.Register(Cells(PlaneTransform.Translation(x, y), odd: null), [PreparedReference.Create(Cells(PlaneTransform.Identity, odd: null))]);

        Assert.Equal(RegistrationRefusalReason.Ambiguous, outcome.Refusal?.Reason);
    }

    [Fact]
    public void Register_PartThatLooksTheSameTurned_TakesTheSmallestTurn()
    {
        var random = new Random(9);
        var points = Enumerable.Range(0, 30).Select(_ => new SKPoint(random.Next(60, 580), random.Next(60, 580))).ToArray();
        var part = Drawing.Render(Side, Side, canvas =>
        {
            using var paint = new SKPaint { Color = SKColors.White, IsAntialias = true };
            foreach (var point in points)
            {
                canvas.DrawCircle(point, 14, paint);
                canvas.DrawCircle(Side - 1 - point.X, Side - 1 - point.Y, 14, paint);
            }
        });

        var outcome = Registrar.Register(part, [PreparedReference.Create(part)]);

        Assert.InRange(Pose.CornerError(outcome, PlaneTransform.Identity, Side, Side), 0, 0.1);
    }

    /// <summary>A plane of equal cells, beyond the picture's border too, of which one may have another content.</summary>
    private static GreyPlane Cells(PlaneTransform toPicture, (int Column, int Row)? odd) => Drawing.Render(Side, Side, canvas =>
    {
        using var paint = new SKPaint { Color = SKColors.White, IsAntialias = true };
        canvas.Concat(Drawing.Matrix(toPicture));
        for (var row = -8; row < 16; row++)
        {
            for (var column = -8; column < 16; column++)
            {
                var (x, y) = (column * Cell, row * Cell);
                if ((column, row) == odd)
                {
                    canvas.DrawCircle(x + 40, y + 40, 25, paint);
                    continue;
                }

                canvas.DrawRect(SKRect.Create(x + 10, y + 12, 22, 30), paint);
                canvas.DrawCircle(x + 55, y + 55, 12, paint);
                canvas.DrawRect(SKRect.Create(x + 30, y + 20, 40, 6), paint);
            }
        }
    });
}
