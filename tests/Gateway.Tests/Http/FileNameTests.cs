namespace Chitti.Gateway.Tests;

public class FileNameTests
{
    [Theory]
    [InlineData("board.jpg", "board.jpg")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData(@"C:\pictures\board.jpg", "board.jpg")]
    [InlineData(null, "unnamed")]
    [InlineData("", "unnamed")]
    [InlineData("..", "unnamed")]
    [InlineData("pictures/", "unnamed")]
    [InlineData("a\r\nSet-Cookie: b\0.jpg", "aSet-Cookie: b.jpg")]
    [InlineData("\u202egpj.exe", "gpj.exe")]
    [InlineData("Prüfling 7.tif", "Prüfling 7.tif")]
    public void Clean_AnyName_GivesANameWithoutPath(string? given, string expected) =>
        Assert.Equal(expected, FileName.Clean(given));

    [Fact]
    public void Clean_FourThousandCharacters_KeepsTheExtension()
    {
        var name = FileName.Clean(new string('n', 4_000) + ".jpeg");

        Assert.Equal(FileName.MaxLength, name.Length);
        Assert.EndsWith("n.jpeg", name, StringComparison.Ordinal);
    }

    [Fact]
    public void Clean_CutWithinASurrogatePair_LeavesWholeCharacters()
    {
        var name = FileName.Clean("x" + string.Concat(Enumerable.Repeat("🔧", 200)));

        Assert.Equal(FileName.MaxLength, name.Length);
        Assert.DoesNotContain('\uFFFD', FileName.Clean(name));
    }

    [Fact]
    public void Clean_LoneSurrogate_IsReplaced() => Assert.Equal("a\uFFFD.jpg", FileName.Clean("a\uD83D.jpg"));
}
