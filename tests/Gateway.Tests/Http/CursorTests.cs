namespace Chitti.Gateway.Tests;

public class CursorTests
{
    [Fact]
    public void TryRead_CursorOfAnId_GivesTheId()
    {
        var id = Guid.CreateVersion7();

        Assert.True(Cursor.TryRead(Cursor.From(id), out Guid? read));
        Assert.Equal(id, read);
    }

    [Fact]
    public void TryRead_CursorOfAProfile_GivesItsId()
    {
        Assert.True(Cursor.TryRead(Cursor.From("pcb-defects"), out string? read));
        Assert.Equal("pcb-defects", read);
    }

    [Fact]
    public void TryRead_NoCursor_IsTheFirstPage()
    {
        Assert.True(Cursor.TryRead(null, out Guid? id));
        Assert.Null(id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("zzz")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAA")]
    public void TryRead_AnythingElse_IsRefused(string text)
    {
        Assert.False(Cursor.TryRead(text, out Guid? _));
        Assert.False(Cursor.TryRead(text, out string? _));
    }
}
