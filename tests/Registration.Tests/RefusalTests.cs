using SkiaSharp;

namespace Chitti.Registration.Tests;

public sealed class RefusalTests
{
    private const int Side = 640;

    private static readonly Board _board = new(1);
    private static readonly PreparedReference _reference = PreparedReference.Create(_board.Draw());

    public static TheoryData<string> Strangers =>
        ["mirrored", "inverted", "noise", "blank", "nearly blank", "gradient", "checkerboard", "stripes", "text", "clouds"];

    [Theory]
    [MemberData(nameof(Strangers))]
    public void Register_NotThisPart_IsRefused(string kind)
    {
        var outcome = Registrar.Register(Stranger(kind), [_reference]);

        Assert.Contains(
            outcome.Refusal?.Reason, (RegistrationRefusalReason?[])[RegistrationRefusalReason.NotRecognised, RegistrationRefusalReason.NoStructure]);
    }

    [Theory]
    [MemberData(nameof(Strangers))]
    public void Create_AnyPicture_NeverFailsAndNeverRecognisesTheBoard(string kind)
    {
        if (kind is "mirrored" or "inverted")
        {
            return;
        }

        Assert.False(Registrar.Register(_board.Draw(), [PreparedReference.Create(Stranger(kind))]).IsRegistered);
    }

    [Fact]
    public void Register_OtherBoards_AreRefused() => Assert.All(Enumerable.Range(100, 40), seed =>
        Assert.Equal(RegistrationRefusalReason.NotRecognised, Registrar.Register(new Board(seed).Draw(), [_reference]).Refusal?.Reason));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(640, 1)]
    [InlineData(1, 640)]
    [InlineData(3000, 8)]
    [InlineData(20, 20)]
    public void Register_TinyPictures_AreRefused(int width, int height)
    {
        var tiny = Drawing.Expose(new(width, height, new byte[width * height]), 1, 128, 60, new Random(1));

        Assert.Equal(RegistrationRefusalReason.TooSmall, Registrar.Register(tiny, [_reference]).Refusal?.Reason);
        Assert.Equal(RegistrationRefusalReason.TooSmall, Registrar.Register(_board.Draw(), [PreparedReference.Create(tiny)]).Refusal?.Reason);
    }

    [Theory]
    [InlineData(24, 24)]
    [InlineData(24, 4000)]
    [InlineData(4000, 30)]
    [InlineData(81, 79)]
    [InlineData(161, 320)]
    public void Register_OddSizes_GiveAnAnswer(int width, int height)
    {
        var odd = _board.Draw(null, width, height);

        Assert.NotNull(Registrar.Register(odd, [_reference]));
        Assert.NotNull(Registrar.Register(_board.Draw(), [PreparedReference.Create(odd)]));
        Assert.NotNull(Registrar.Register(odd, [PreparedReference.Create(odd)]));
    }

    [Fact]
    public void Register_Stripes_AreNotAlignedToThemselves()
    {
        var stripes = PreparedReference.Create(Stranger("stripes"));

        Assert.Equal(RegistrationRefusalReason.NoStructure, stripes.Fault);
        Assert.False(Registrar.Register(Stranger("stripes"), [stripes]).IsRegistered);
    }

    [Fact]
    public void Register_HalfCovered_IsRefused()
    {
        var covered = Drawing.Map(_board.Draw(), (x, _, value) => x < Side / 2 ? (byte)0 : value);

        var outcome = Registrar.Register(covered, [_reference]);

        Assert.Equal(RegistrationRefusalReason.NotRecognised, outcome.Refusal?.Reason);
    }

    [Fact]
    public void Register_DefectivePart_IsRecognisedAndLiesWhereItDid()
    {
        var defective = Drawing.Map(_board.Draw(), (x, y, value) => x is > 200 and < 240 && y is > 300 and < 330 ? (byte)255 : value);

        Assert.InRange(Pose.CornerError(Registrar.Register(defective, [_reference]), PlaneTransform.Identity, Side, Side), 0, 0.2);
    }

    private static GreyPlane Stranger(string kind)
    {
        var flat = new GreyPlane(Side, Side, new byte[Side * Side]);
        var random = new Random(5);
        return kind switch
        {
            "mirrored" => _board.Draw(isMirrored: true),
            "inverted" => Drawing.Map(_board.Draw(), (_, _, value) => (byte)(255 - value)),
            "noise" => Drawing.Map(flat, (_, _, _) => (byte)random.Next(256)),
            "blank" => Drawing.Map(flat, (_, _, _) => 200),
            "nearly blank" => Drawing.Expose(flat, 1, 128, 1.5, random),
            "gradient" => Drawing.Map(flat, (x, y, _) => (byte)((x + y) / 5)),
            "checkerboard" => Drawing.Map(flat, (x, y, _) => (byte)((((x / 40) + (y / 40)) % 2) * 255)),
            "stripes" => Drawing.Map(flat, (x, _, _) => (byte)(((x / 50) % 2) * 255)),
            "clouds" => Drawing.Map(flat, (x, y, _) => (byte)(127 + (60 * Math.Sin(x / 37.0) * Math.Cos(y / 51.0)) + (60 * Math.Sin((x + y) / 90.0)))),
            "text" => Text(),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }

    /// <summary>Rows of words, without a font.</summary>
    private static GreyPlane Text() => Drawing.Render(Side, Side, canvas =>
    {
        var random = new Random(6);
        canvas.Clear(SKColors.White);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true, StrokeWidth = 2, Style = SKPaintStyle.Stroke };
        for (var y = 40; y < 600; y += 22)
        {
            for (var x = 40; x < 590; x += random.Next(5) == 0 ? 18 : 9)
            {
                canvas.DrawLine(x, y, x + random.Next(6), y - 12, ink);
                canvas.DrawCircle(x + 3, y - 4, random.Next(2, 4), ink);
            }
        }
    });
}
